import type { ErrorDescription, RunEvent } from "@diopter/engine/editing";

/** How a node fares in the run that the canvas shows. */
export type NodeStatus =
  | { readonly state: "waiting" }
  | {
      readonly state: "running";
      readonly done: number;
      readonly total: number;
      readonly label?: string;
      /** How far the unit is that is being worked on, such as the tiles of a step. */
      readonly within?: ProgressWithin;
      /** Milliseconds left. */
      readonly remaining?: number;
    }
  | { readonly state: "cached"; readonly from: "memory" | "disk" }
  | { readonly state: "done"; readonly milliseconds: number }
  | { readonly state: "failed"; readonly error: ErrorDescription }
  | { readonly state: "skipped"; readonly because: string };

type ProgressWithin = NonNullable<Extract<RunEvent, { type: "node-progressed" }>["within"]>;

/** How much of its work a node has done, 0 to 1. */
export function shareDone({ done, total, within }: Extract<NodeStatus, { state: "running" }>) {
  const part = within === undefined || within.total === 0 ? 0 : within.done / within.total;
  return total > 0 ? (done + part) / total : 0;
}

/** A run as its events tell it so far. */
export interface RunStatus {
  readonly nodes: ReadonlyMap<string, NodeStatus>;
  readonly notes: ReadonlyMap<string, readonly string[]>;
  /** 0 to 1. */
  readonly fraction: number;
  /** Milliseconds left. */
  readonly remaining?: number | undefined;
  readonly device: string;
  /** The number of the last event that was taken in; earlier ones are passed over. */
  readonly lastEvent: number;
}

/** A run of which nothing is known yet. */
export const unknownRun: RunStatus = {
  nodes: new Map(),
  notes: new Map(),
  fraction: 0,
  device: "",
  lastEvent: 0,
};

/** Takes events in, in order; one copy for a whole batch. Events that were seen change nothing. */
export function takeEvents(run: RunStatus, events: readonly RunEvent[]): RunStatus {
  const fresh = events.filter(({ sequence }) => sequence > run.lastEvent);
  const last = fresh.at(-1);
  if (last === undefined) return run;
  const nodes = new Map(run.nodes);
  const notes = new Map(run.notes);
  let general: General = { fraction: run.fraction, remaining: run.remaining, device: run.device };
  for (const event of fresh) {
    takeNodeEvent(nodes, notes, event);
    general = takeGeneralEvent(general, event);
  }
  return { ...general, nodes, notes, lastEvent: last.sequence };
}

/** The id of the document's node: those within a workflow used as a node stand under its call. */
export const outerNode = (id: string): string => id.split("/", 1)[0] ?? id;

/** What went wrong at an input or a parameter of a node, with the remedy; empty where nothing did. */
export function failureAt(status: NodeStatus | undefined, port: string): string {
  if (status?.state !== "failed" || status.error.port !== port) return "";
  return `${status.error.message} ${status.error.remedy}`;
}

function takeNodeEvent(
  nodes: Map<string, NodeStatus>,
  notes: Map<string, readonly string[]>,
  event: RunEvent,
): void {
  if (event.type === "run-started") {
    nodes.clear();
    notes.clear();
    for (const node of event.nodes) nodes.set(outerNode(node), { state: "waiting" });
    return;
  }
  if (!("node" in event)) return;
  const id = outerNode(event.node);
  if (event.type === "node-noted") {
    notes.set(id, [...(notes.get(id) ?? []), event.message]);
    return;
  }
  const status = statusAfter(event, nodes.get(id));
  if (status !== undefined) nodes.set(id, status);
}

function statusAfter(event: RunEvent, before: NodeStatus | undefined): NodeStatus | undefined {
  switch (event.type) {
    case "node-started":
      return { state: "running", done: 0, total: 0 };
    case "node-progressed":
      return {
        state: "running",
        done: event.done,
        total: event.total,
        ...(event.label === undefined ? {} : { label: event.label }),
        ...(event.within === undefined ? {} : { within: event.within }),
        ...(event.remaining === undefined ? {} : { remaining: event.remaining }),
      };
    case "node-cached":
      return { state: "cached", from: event.from };
    case "node-finished": {
      // A node that runs once for each item adds its times up.
      const earlier = before?.state === "done" ? before.milliseconds : 0;
      return { state: "done", milliseconds: earlier + event.milliseconds };
    }
    case "node-failed":
      return { state: "failed", error: event.error };
    case "node-skipped":
      return { state: "skipped", because: event.because };
    default:
      return undefined;
  }
}

type General = Pick<RunStatus, "fraction" | "remaining" | "device">;

function takeGeneralEvent(general: General, event: RunEvent): General {
  switch (event.type) {
    case "run-started":
      return { fraction: 0, remaining: undefined, device: event.device };
    case "run-progressed":
      return { ...general, fraction: event.fraction, remaining: event.remaining };
    case "run-finished":
      return { ...general, fraction: 1, remaining: undefined };
    default:
      return general;
  }
}
