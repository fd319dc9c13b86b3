import type { ParameterValue } from "@diopter/engine/editing";
import type { ChangePhase } from "../controls/control-props.js";
import { dispatch, documentStore, sealHistory } from "../state/index.js";

/**
 * Sets a parameter of one node or of several. A drag, or typing in one field, is one step of undo:
 * it ends with the phase `done`.
 */
export function changeParameter(
  nodes: readonly string[],
  name: string,
  value: ParameterValue,
  phase: ChangePhase,
  byDefault: ParameterValue,
): void {
  const { document } = documentStore.getState();
  const key = `${nodes.join(" ")}.${name}`;
  for (const node of nodes) {
    const stored = document.nodes[node]?.params[name];
    // Leaving a field that shows the default writes nothing into the document.
    if (value === (stored ?? byDefault)) continue;
    if (!dispatch({ kind: "set-parameter", node, name, value }, { key })) break;
  }
  if (phase === "done") sealHistory();
}

/** Returns to the default in all of the nodes, as one step of undo. */
export function resetParameter(nodes: readonly string[], name: string): void {
  sealHistory();
  const { document } = documentStore.getState();
  for (const node of nodes) {
    if (document.nodes[node]?.params[name] === undefined) continue;
    dispatch({ kind: "reset-parameter", node, name }, { key: `reset ${nodes.join(" ")}.${name}` });
  }
  sealHistory();
}
