import { Check, CircleAlert, Clock, History, LoaderCircle, SkipForward, Zap } from "lucide-react";
import { type NodeStatus, shareDone } from "../state/run-status.js";
import { printDuration } from "../strings/quantities.js";
import { runStrings } from "../strings/run.js";

/** What of a status is still worth showing: an error of a node that was changed since is not. */
export function shownStatus(
  status: NodeStatus | undefined,
  isStale: boolean,
): NodeStatus | undefined {
  return isStale && status?.state === "failed" ? undefined : status;
}

/** Whether there is a result, and it is that of an earlier state of the workflow. */
const isOutdated = (status: NodeStatus | undefined, isStale: boolean) =>
  isStale && (status?.state === "done" || status?.state === "cached");

/** A node's status in words; undefined where there is no run. */
export function statusText(status: NodeStatus | undefined, isStale: boolean): string | undefined {
  if (isOutdated(status, isStale)) return runStrings.stale;
  switch (status?.state) {
    case undefined:
      return undefined;
    case "waiting":
      return runStrings.waiting;
    case "running":
      return [runStrings.running, progressText(status)].filter(Boolean).join(", ");
    case "cached":
      return runStrings.cached;
    case "done":
      return runStrings.done(printDuration(status.milliseconds));
    case "failed":
      return `${status.error.message} ${status.error.remedy}`;
    case "skipped":
      return runStrings.skipped(status.because);
  }
}

type Running = Extract<NodeStatus, { state: "running" }>;

function progressText({ done, total, remaining, label = "", within }: Running): string {
  const parts: string[] = [];
  if (total > 0) parts.push(runStrings.unit(label, Math.floor(done), total));
  if (within !== undefined) {
    parts.push(runStrings.unit(within.label, within.done, within.total));
  }
  if (remaining !== undefined) parts.push(runStrings.left(printDuration(remaining)));
  return parts.join(" · ");
}

interface StatusBadgeProps {
  readonly status: NodeStatus | undefined;
  readonly isStale: boolean;
}

/** The mark in a node's header. */
export function StatusBadge({ status, isStale }: StatusBadgeProps) {
  const text = statusText(status, isStale);
  if (status === undefined || text === undefined) return null;
  if (isOutdated(status, isStale)) {
    return (
      <span className="badge stale" title={text}>
        <History size={12} aria-hidden />
        <span>{runStrings.staleMark}</span>
      </span>
    );
  }
  return (
    <span className={`badge ${status.state}`} title={text}>
      <StatusIcon state={status.state} />
      {status.state === "cached" ? <span>{runStrings.cachedMark}</span> : null}
      {status.state === "done" ? <span>{printDuration(status.milliseconds)}</span> : null}
      {status.state === "running" && status.total > 0 ? (
        <span>{Math.floor(100 * shareDone(status))} %</span>
      ) : null}
    </span>
  );
}

const icons = {
  waiting: Clock,
  running: LoaderCircle,
  cached: Zap,
  done: Check,
  failed: CircleAlert,
  skipped: SkipForward,
} as const;

function StatusIcon({ state }: { readonly state: NodeStatus["state"] }) {
  const Icon = icons[state];
  return <Icon size={12} aria-hidden className={state === "running" ? "turning" : undefined} />;
}

/** The line at a node's lower edge: how far it is, and below it what is wrong with it. */
export function NodeProgress({ status }: { readonly status: NodeStatus | undefined }) {
  if (status?.state === "running") {
    const share = shareDone(status);
    return (
      <>
        <span className="node-progress" aria-hidden>
          <span style={{ transform: `scaleX(${share})` }} />
        </span>
        {status.total > 0 ? <span className="node-note">{progressText(status)}</span> : null}
      </>
    );
  }
  if (status?.state !== "failed") return null;
  return (
    <div className="node-error">
      <strong>{status.error.message}</strong>
      <span>{status.error.remedy}</span>
    </div>
  );
}
