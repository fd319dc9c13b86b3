import type { Awaitable, Leases } from "../cache/index.js";
import type { DiopterError } from "../errors/index.js";
import type { ItemGraph } from "./item-graph.js";
import type { ItemResult } from "./run-item.js";
import type { StepHit } from "./step-cache.js";
import type { Outcome, StepItem, StepState } from "./step-item.js";

/** What a scheduler asks of the rest of a run. */
export interface SchedulerServices {
  readonly graph: ItemGraph;
  readonly signal: AbortSignal;
  readonly leases: Leases;
  /** Items under way at once. */
  readonly concurrency: number;
  /** Whether the values of a step are kept until the end. */
  isKept(state: StepState): boolean;
  keys(item: StepItem): Awaitable<ReadonlyMap<string, string>>;
  find(item: StepItem): Awaitable<StepHit | undefined>;
  run(item: StepItem): Promise<ItemResult>;
  /** The files over which a step runs. */
  files(state: StepState): Promise<readonly string[]>;
  spawned(item: StepItem): void;
  started(item: StepItem): void;
  ended(item: StepItem, outcome: Outcome): void;
  filesFailed(state: StepState, error: DiopterError): void;
}
