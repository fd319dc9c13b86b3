import type { Column } from "../measure/index.js";
import type { Plan } from "../plan/index.js";
import type { Evaluation } from "../run/index.js";
import type { GroupSummary, StepCurve } from "../statistics/index.js";

/** All that a report tells. */
export interface ReportContent {
  readonly plan: Plan;
  readonly evaluation: Evaluation;
  readonly columns: readonly Column[];
  readonly groups: readonly GroupSummary[];
  readonly curves: readonly StepCurve[];
  /** Where it ran, for people. */
  readonly device: string;
  readonly version: string;
  /** Sentences about pictures that were not there, and the like. */
  readonly notes: readonly string[];
  /** PNG files by the names of the crops. */
  readonly images: ReadonlyMap<string, Uint8Array>;
}
