import type { Job } from "@diopter/server/protocol";
import { GripVertical, X } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { Button, IconButton } from "../parts/button.js";
import { queueStrings as words } from "../strings/queue.js";
import { cancelJob, moveJob, setPriority } from "./actions.js";
import { JobName } from "./job-name.js";
import { moveTo, placeAt } from "./reorder.js";

const pageSize = 50;

interface Dragged {
  readonly from: number;
  readonly to: number;
}

/** Jobs that wait: moved by dragging or by arrow keys. */
export function WaitingList({ jobs }: { readonly jobs: readonly Job[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [shown, setShown] = useState(pageSize);
  const [dragged, setDragged] = useState<Dragged>();
  const ids = jobs.map(({ id }) => id);
  const move = (from: number, to: number) => {
    const job = jobs[from];
    const change = moveTo(ids, from, to);
    if (job === undefined || change === undefined) return;
    void moveJob(change, words.movedSaid(job.name, to + 1, jobs.length));
  };
  const drag = (from: number, y: number) => {
    const rows = [...(list.current?.children ?? [])];
    const borders = rows.map((row) => row.getBoundingClientRect());
    const to = placeAt(borders, from, y);
    // A list that is longer than its panel scrolls along.
    rows[to]?.scrollIntoView({ block: "nearest" });
    setDragged({ from, to });
  };
  if (jobs.length === 0) return null;
  return (
    <>
      <ul ref={list} className="jobs">
        {jobs.slice(0, shown).map((job, index) => (
          <WaitingJob
            key={job.id}
            job={job}
            index={index}
            count={jobs.length}
            mark={markOf(dragged, index)}
            onMove={(to) => move(index, to)}
            onDrag={(y) => drag(index, y)}
            onDrop={() => {
              setDragged(undefined);
              if (dragged !== undefined) move(dragged.from, dragged.to);
            }}
            onAbort={() => setDragged(undefined)}
          />
        ))}
      </ul>
      {jobs.length > shown ? (
        <Button tone="quiet" onClick={() => setShown(shown + pageSize)}>
          {words.moreWaiting(jobs.length - shown)}
        </Button>
      ) : null}
    </>
  );
}

/** A line where the dragged row would go. */
function markOf(dragged: Dragged | undefined, index: number): string {
  if (dragged === undefined) return "";
  if (dragged.from === index) return "dragged";
  if (dragged.to !== index) return "";
  return dragged.to < dragged.from ? "mark-above" : "mark-below";
}

interface WaitingJobProps {
  readonly job: Job;
  readonly index: number;
  readonly count: number;
  readonly mark: string;
  readonly onMove: (to: number) => void;
  readonly onDrag: (y: number) => void;
  readonly onDrop: () => void;
  readonly onAbort: () => void;
}

function WaitingJob(props: WaitingJobProps) {
  const { job, index, count, mark, onMove, onDrag, onDrop, onAbort } = props;
  const { name, priority } = job;
  const byKey = (event: KeyboardEvent) => {
    const targets: Readonly<Record<string, number>> = {
      ArrowUp: index - 1,
      ArrowDown: index + 1,
      Home: 0,
      End: count - 1,
    };
    const target = targets[event.key];
    if (event.key === "Escape") return onAbort();
    if (target === undefined) return;
    event.preventDefault();
    onMove(target);
  };
  const held = (event: PointerEvent<HTMLElement>) =>
    event.currentTarget.hasPointerCapture(event.pointerId);
  return (
    <li className={`job waiting ${mark}`}>
      <button
        type="button"
        className="grip"
        aria-label={words.move(name, index + 1, count)}
        aria-description={words.moveHelp}
        title={words.moveHelp}
        onKeyDown={byKey}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (held(event)) onDrag(event.clientY);
        }}
        onPointerUp={onDrop}
        onPointerCancel={onAbort}
      >
        <GripVertical size={15} />
      </button>
      <span className="place" aria-hidden="true">
        {index + 1}
      </span>
      <div className="job-main">
        <JobName job={job} />
      </div>
      <PriorityChoice job={job} priority={priority} />
      <IconButton label={words.cancel(name)} onClick={() => cancelJob(job)}>
        <X size={15} />
      </IconButton>
    </li>
  );
}

const levels = [
  [100, words.priorities.high],
  [0, words.priorities.normal],
  [-100, words.priorities.low],
] as const;

function PriorityChoice({ job, priority }: { readonly job: Job; readonly priority: number }) {
  const isNamed = levels.some(([value]) => value === priority);
  return (
    <select
      className="field"
      aria-label={words.priority(job.name)}
      value={priority}
      onChange={(event) => setPriority(job, Number(event.target.value))}
    >
      {isNamed ? null : <option value={priority}>{words.priorityOf(priority)}</option>}
      {levels.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
