import type { ErrorDescription } from "../errors/index.js";

/** Summary of a run, once it has ended. */
export interface RunSummary {
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly executed: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  readonly milliseconds: number;
}

/** Parts of one unit of work. */
export interface ProgressWithin {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

/**
 * What happens during a run, in order. Events are small and incremental; `sequence` counts from 1
 * without gaps within a run, so that a reader who was away asks for what it missed. `node` is the
 * id in the document; nodes of a workflow used as a node are named `outer/inner`; `item` is the
 * place in an iteration, such as [2] or [2, 0].
 */
export type RunEventBody =
  | { readonly type: "run-started"; readonly nodes: readonly string[]; readonly device: string }
  | { readonly type: "node-started"; readonly node: string; readonly item?: readonly number[] }
  | {
      readonly type: "node-progressed";
      readonly node: string;
      readonly item?: readonly number[];
      readonly done: number;
      readonly total: number;
      readonly label?: string;
      /** How far the unit is that is being worked on, such as the tiles of a step. */
      readonly within?: ProgressWithin;
      /** Milliseconds left for this node at the recent pace. */
      readonly remaining?: number;
    }
  | { readonly type: "node-noted"; readonly node: string; readonly message: string }
  | {
      readonly type: "node-cached";
      readonly node: string;
      readonly item?: readonly number[];
      readonly from: "memory" | "disk";
    }
  | {
      readonly type: "node-finished";
      readonly node: string;
      readonly item?: readonly number[];
      readonly milliseconds: number;
    }
  | {
      readonly type: "node-failed";
      readonly node: string;
      readonly item?: readonly number[];
      readonly error: ErrorDescription;
    }
  | { readonly type: "node-skipped"; readonly node: string; readonly because: string }
  | {
      readonly type: "preview-ready";
      readonly node: string;
      readonly item?: readonly number[];
      readonly kind: string;
    }
  | {
      readonly type: "run-progressed";
      /** 0 to 1 over the whole run. */
      readonly fraction: number;
      /** Milliseconds left at the recent pace; absent while it is not known. */
      readonly remaining?: number;
    }
  | { readonly type: "run-finished"; readonly summary: RunSummary };

/** An event as it is sent. */
export type RunEvent = RunEventBody & {
  readonly sequence: number;
  /** Milliseconds since the run started. */
  readonly at: number;
};
