import type { ErrorDescription } from "@diopter/engine/editing";
import {
  CircleCheck,
  CircleDashed,
  CircleX,
  DatabaseZap,
  LoaderCircle,
  SkipForward,
} from "lucide-react";
import type { ReactNode } from "react";
import { Progress } from "../controls/progress.js";
import { type NodeStatus, useNodeNotes, useNodeStatus } from "../state/index.js";
import { shareDone } from "../state/run-status.js";
import { inspectorStrings as words } from "../strings/inspector.js";
import { printDuration } from "../strings/quantities.js";
import { NodePictures } from "./node-pictures.js";

interface LastRunProps {
  readonly id: string;
  readonly title: string;
}

/** How the node fared in the run that is shown, what it said, and what it made. */
export function LastRun({ id, title }: LastRunProps) {
  const status = useNodeStatus(id);
  const notes = useNodeNotes(id);
  if (status === undefined) return null;
  return (
    <section className="group last-run" aria-label={words.lastRun}>
      <h3>{words.lastRun}</h3>
      <Status status={status} title={title} />
      {notes === undefined ? null : (
        <ul className="run-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <NodePictures id={id} />
    </section>
  );
}

function Status({ status, title }: { readonly status: NodeStatus; readonly title: string }) {
  switch (status.state) {
    case "waiting":
      return <Line icon={<CircleDashed size={15} />}>{words.waiting}</Line>;
    case "running":
      return <Running status={status} title={title} />;
    case "cached":
      return <Line icon={<DatabaseZap size={15} />}>{words.cached(status.from)}</Line>;
    case "done":
      return (
        <Line tone="success" icon={<CircleCheck size={15} />}>
          {words.done(printDuration(status.milliseconds))}
        </Line>
      );
    case "skipped":
      return <Line icon={<SkipForward size={15} />}>{words.skipped(status.because)}</Line>;
    case "failed":
      return <Failure error={status.error} />;
  }
}

interface LineProps {
  readonly icon: ReactNode;
  readonly tone?: "success";
  readonly children: ReactNode;
}

function Line({ icon, tone, children }: LineProps) {
  return (
    <p className={`status-line ${tone ?? ""}`}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

interface RunningProps {
  readonly status: Extract<NodeStatus, { state: "running" }>;
  readonly title: string;
}

function Running({ status, title }: RunningProps) {
  const { done, total, label, remaining, within } = status;
  const counted = total > 0 ? words.step(label ?? words.running, done, total) : words.running;
  const left = remaining === undefined ? "" : `, ${words.left(printDuration(remaining))}`;
  return (
    <>
      <Line icon={<LoaderCircle size={15} className="spinning" />}>
        {counted}
        {within === undefined ? "" : `, ${words.step(within.label, within.done, within.total)}`}
        {left}
      </Line>
      <Progress
        label={words.progress(title)}
        fraction={total > 0 ? shareDone(status) : undefined}
      />
    </>
  );
}

/** An error with its remedy; the code is there for those who look it up. */
function Failure({ error }: { readonly error: ErrorDescription }) {
  return (
    <div className="error-box" role="alert">
      <p className="status-line">
        <CircleX size={15} />
        <strong>{error.message}</strong>
      </p>
      <p>{error.remedy}</p>
      <p className="mono code">
        {error.port === undefined ? "" : `${error.port} · `}
        {error.code}
      </p>
    </div>
  );
}
