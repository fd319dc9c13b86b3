import { isWire, type WorkflowNode, wiresOf } from "../document/types.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, nodeBefore, nodeDraft, own, removeEntry } from "./edit.js";
import { requireFree } from "./edit-nodes.js";

/** Gives a node another id; wires, public names, the view and `over` parameters follow. */
export function renameNode(edit: Edit, command: CommandOf<"rename-node">): void {
  const { from, to } = command;
  const { document, draft } = edit;
  nodeBefore(edit, from);
  if (from === to) return;
  requireFree(edit, to);
  for (const [id, node] of Object.entries(document.nodes)) renameSources(edit, id, node, command);
  draft.nodes[to] = nodeDraft(edit, from);
  removeEntry(draft.nodes, from);
  for (const [name, target] of Object.entries(document.interface)) {
    const [id = "", param = ""] = target.split(".");
    if (id === from) draft.interface[name] = `${to}.${param}`;
  }
  renameInView(edit, command);
}

type Renaming = Pick<CommandOf<"rename-node">, "from" | "to">;

function renameSources(edit: Edit, id: string, node: WorkflowNode, { from, to }: Renaming): void {
  const changed = nodeDraft(edit, id);
  const rename = (source: string) => (source === from ? to : source);
  for (const [input, wired] of Object.entries(node.inputs ?? {})) {
    if (!wiresOf(wired).some(([source]) => source === from)) continue;
    changed.inputs[input] = isWire(wired)
      ? [rename(wired[0]), wired[1]]
      : wired.map(([source, output]) => [rename(source), output]);
  }
  if (own(node.params ?? {}, "over") === from) changed.params.over = to;
}

function renameInView({ document, draft }: Edit, { from, to }: Renaming): void {
  const { positions, collapsed, sizes, reroutes } = document.view;
  moveEntry(positions, draft.view.positions, from, to, ([x, y]) => [x, y]);
  moveEntry(collapsed, draft.view.collapsed, from, to, (value) => value);
  moveEntry(sizes, draft.view.sizes, from, to, ([width, height]) => [width, height]);
  for (const key of Object.keys(reroutes)) {
    // Node ids stand at the even places of `node.input.source.output`.
    const parts = key.split(".").map((part, at) => (at % 2 === 0 && part === from ? to : part));
    moveEntry(reroutes, draft.view.reroutes, key, parts.join("."), (points) =>
      points.map(([x, y]) => [x, y]),
    );
  }
}

function moveEntry<T, D>(
  before: Readonly<Record<string, T>>,
  table: Record<string, D>,
  from: string,
  to: string,
  copy: (value: T) => D,
): void {
  const value = own(before, from);
  if (value === undefined || from === to) return;
  removeEntry(table, from);
  table[to] = copy(value);
}
