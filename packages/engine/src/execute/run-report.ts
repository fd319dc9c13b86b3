import type { NodeOutputs } from "../cache/index.js";
import type { DeviceStatistics } from "../device/index.js";
import type { ErrorDescription } from "../errors/index.js";
import type { RunSummary } from "../events/index.js";

/** How one node fared, over all of its items. */
export interface NodeReport {
  readonly type: string;
  /**
   * `failed` where any item failed; else `executed` where any was; else `cached`: its result, or
   * the result of all that needs it, was known; `skipped`: see `because`.
   */
  readonly status: "executed" | "cached" | "failed" | "skipped";
  /** Where a cached result came from. */
  readonly from?: "memory" | "disk";
  /** Time spent in its runs, all items together; nodes of one session share its time equally. */
  readonly milliseconds: number;
  /** What the node said while it ran, each sentence once. */
  readonly notes: readonly string[];
  /** The first error, with its item's place if it has one. */
  readonly error?: ErrorDescription & { readonly item?: readonly number[] };
  /** Why it was skipped: a sentence. */
  readonly because?: string;
  /** Where the node ran once per item. */
  readonly items?: {
    readonly executed: number;
    readonly cached: number;
    readonly failed: number;
    readonly skipped: number;
    readonly errors: readonly (ErrorDescription & { readonly item: readonly number[] })[];
  };
  /** Ids of the graph nodes that ran in the same session, itself included. */
  readonly fused?: readonly string[];
}

/** How long the nodes took in an earlier run, by their ids. */
export interface EarlierRun {
  readonly nodes: Readonly<Record<string, Pick<NodeReport, "status" | "milliseconds" | "items">>>;
}

/** One item of a node's outputs. */
export interface NodeValues {
  readonly item: readonly number[];
  readonly outputs: NodeOutputs;
}

/** All about a run that has ended. Everything but `values` is plain JSON. */
export interface RunReport {
  readonly status: RunSummary["status"];
  /** Nodes counted by status. */
  readonly summary: RunSummary;
  readonly milliseconds: number;
  /** By node id, in the order of the plan. */
  readonly nodes: Readonly<Record<string, NodeReport>>;
  /** The first error, for the exit code; `run/cancelled` where the run was cancelled. */
  readonly error?: ErrorDescription;
  readonly device: {
    readonly id: string;
    readonly description: string;
    /** What this run has added. */
    readonly statistics: DeviceStatistics;
  };
  /** The outputs of the nodes named in `values` of the options, item by item. */
  readonly values: Readonly<Record<string, readonly NodeValues[]>>;
}
