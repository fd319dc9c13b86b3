import { type WorkflowNode, wiresOf } from "../document/types.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, own, removeEntry } from "./edit.js";
import { setWires } from "./edit-wires.js";

/**
 * Removes nodes with their wires, their public names and all that the view knows of them. Nodes
 * that are gone already are no error: two people may press the key at the same time.
 */
export function removeNodes(edit: Edit, { ids }: CommandOf<"remove-nodes">): void {
  const { document, draft } = edit;
  const removed = new Set(ids.filter((id) => Object.hasOwn(document.nodes, id)));
  if (removed.size === 0) return;
  for (const id of removed) {
    removeEntry(draft.nodes, id);
    removeEntry(draft.view.positions, id);
    removeEntry(draft.view.collapsed, id);
    removeEntry(draft.view.sizes, id);
  }
  for (const [id, node] of Object.entries(document.nodes)) {
    if (!removed.has(id)) removeWiresFrom(edit, id, node, removed);
  }
  for (const [name, target] of Object.entries(document.interface)) {
    if (removed.has(target.split(".")[0] ?? "")) removeEntry(draft.interface, name);
  }
  for (const key of Object.keys(document.view.reroutes)) {
    const [node = "", input = "", from = firstSource(document.nodes, node, input)] = key.split(".");
    if (removed.has(node) || removed.has(from)) removeEntry(draft.view.reroutes, key);
  }
}

function removeWiresFrom(
  edit: Edit,
  id: string,
  node: WorkflowNode,
  removed: ReadonlySet<string>,
): void {
  for (const [input, wired] of Object.entries(node.inputs ?? {})) {
    const wires = wiresOf(wired);
    const kept = wires.filter(([source]) => !removed.has(source));
    if (kept.length !== wires.length) setWires(edit, { node: id, input }, kept);
  }
}

function firstSource(nodes: Readonly<Record<string, WorkflowNode>>, id: string, input: string) {
  const [first] = wiresOf(own(own(nodes, id)?.inputs ?? {}, input));
  return first?.[0] ?? "";
}
