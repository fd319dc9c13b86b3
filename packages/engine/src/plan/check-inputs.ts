import { DiopterError } from "../errors/index.js";
import { type Draft, type DraftNode, mayBeMissing } from "./draft.js";

/**
 * Pass 4: every input that a node cannot do without is wired.
 * @throws DiopterError `document/missing-input` at the first node and port that lacks a wire.
 */
export function checkInputs(draft: Draft): Draft {
  for (const node of draft.nodes.values()) checkNode(node);
  return draft;
}

function checkNode(node: DraftNode): void {
  for (const [port, declared] of Object.entries(node.definition.inputs)) {
    if (port in node.inputs || mayBeMissing(declared)) continue;
    throw new DiopterError("document/missing-input", {
      message: `The input is not wired, and "${node.definition.title}" cannot run without it.`,
      remedy: `Connect an output of type ${declared.socket}.`,
      node: node.id,
      port,
      path: `/nodes/${node.id}/inputs/${port}`,
    });
  }
}
