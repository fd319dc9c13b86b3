import type { CommandOf } from "./command-schema.js";
import { type Edit, nodeDraft, own } from "./edit.js";
import { refuse } from "./edit-error.js";
import { requireFit, requireNoNewCycle } from "./fit-wires.js";

/** Adds nodes whose ids are free and whose wires fit. */
export function addNodes(edit: Edit, command: CommandOf<"add-nodes">): void {
  const { nodes, positions = {} } = command;
  for (const [id, node] of Object.entries(nodes)) {
    requireFree(edit, id);
    edit.draft.nodes[id] = { ...node, params: { ...node.params }, inputs: { ...node.inputs } };
    const position = own(positions, id);
    if (position !== undefined) edit.draft.view.positions[id] = position;
  }
  addToView(edit, command);
  const after = { ...edit.document, nodes: { ...edit.document.nodes, ...nodes } };
  for (const id of Object.keys(nodes)) requireFit(after, edit.registry, id);
  requireNoNewCycle(edit.document, after);
}

function addToView(
  { draft: { view } }: Edit,
  { nodes, sizes = {}, collapsed = [], reroutes = {} }: CommandOf<"add-nodes">,
): void {
  for (const [id, size] of Object.entries(sizes)) {
    if (Object.hasOwn(nodes, id)) view.sizes[id] = size;
  }
  for (const id of collapsed) if (Object.hasOwn(nodes, id)) view.collapsed[id] = true;
  for (const [wire, points] of Object.entries(reroutes)) {
    const [id = "", input = ""] = wire.split(".");
    const isWired = own(own(nodes, id)?.inputs ?? {}, input) !== undefined;
    if (isWired && points.length > 0) view.reroutes[wire] = points;
  }
}

/** Sets the title that stands in place of the type's, or takes it away. */
export function setTitle(edit: Edit, { id, title }: CommandOf<"set-title">): void {
  const node = nodeDraft(edit, id);
  if (title === null) delete node.title;
  else node.title = title;
}

/** Mutes, bypasses or wakes nodes; those that are gone are passed over. */
export function setMode({ draft }: Edit, { ids, mode }: CommandOf<"set-mode">): void {
  for (const id of ids) {
    const node = own(draft.nodes, id);
    if (node === undefined) continue;
    if (mode === null) delete node.mode;
    else node.mode = mode;
  }
}

/** @throws DiopterError `document/name-taken` */
export function requireFree({ document }: Edit, id: string): void {
  if (!Object.hasOwn(document.nodes, id)) return;
  throw refuse(
    "document/name-taken",
    `There is a node "${id}" already.`,
    "Choose another name for the new one.",
    { node: id },
  );
}
