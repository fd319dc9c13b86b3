import type { DiopterError, RunEvent } from "@diopter/engine";

/** What is told of the nodes that ran when their process died, numbered on from `last`. */
export function deathEvents(
  nodes: readonly string[],
  error: DiopterError,
  last: number,
): readonly RunEvent[] {
  return nodes.map((node, index) => ({
    type: "node-failed",
    node,
    error: { ...error.toJSON(), node },
    sequence: last + 1 + index,
    at: 0,
  }));
}
