import type { ErrorDescription } from "@diopter/engine/editing";
import { focusNode } from "../canvas/focus.js";
import { descriptorsStore } from "../state/descriptors.js";
import { documentStore } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { outerNode } from "../state/run-status.js";
import { runStrings as words } from "../strings/run.js";

/** Shows an error with its remedy; where a node is at fault, which one, and the way to it. */
export function notifyFailure({ message, remedy, node }: ErrorDescription): void {
  if (node === undefined) {
    notify("error", message, { remedy });
    return;
  }
  const id = outerNode(node);
  notify("error", words.atNode(titleOf(id), message), {
    remedy,
    action: { label: words.showNode, run: () => focusNode(id) },
  });
}

function titleOf(id: string): string {
  const node = documentStore.getState().document.nodes[id];
  return node?.title ?? descriptorsStore.getState().registry[node?.type ?? ""]?.title ?? id;
}
