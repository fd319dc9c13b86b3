import { toDiopterError } from "../errors/index.js";
import type { Outcome, StepItem } from "./step-item.js";

/** Why items were skipped that a cancelled run left behind. */
export const cancelled = {
  status: "skipped",
  because: "The run was cancelled.",
} as const satisfies Outcome;

/** What becomes of an item whose value nobody wanted. */
export function outcomeUnwanted(item: StepItem): Outcome {
  return item.readerCached === undefined
    ? { status: "skipped", because: "Nothing that ran needed it." }
    : { status: "cached", from: item.readerCached };
}

/** What becomes of an item that threw, or could not even begin. */
export function failure(thrown: unknown, { state }: StepItem): Outcome {
  const remedy = "Check what the node was given; if that is right, report it to the node's author.";
  const error = toDiopterError(thrown, "node/failed", remedy);
  // Which of several fused nodes is to blame only the one who ran them knows.
  return {
    status: "failed",
    error: state.step.nodes.length === 1 ? error.at(state.node.id) : error,
  };
}

/** Why an item that needs one that ended without a result does not run. */
export function reasonAfter({ state, outcome }: StepItem): string {
  return outcome?.status === "skipped" ? outcome.because : reasonOf(state.node.id);
}

/** Why what needs a node that failed does not run. */
export function reasonOf(failed: string): string {
  return `It needs "${failed}", which failed.`;
}
