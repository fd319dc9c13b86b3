import type { CommandOf } from "./command-schema.js";
import { type Edit, own, removeEntry } from "./edit.js";
import { refuse } from "./edit-error.js";

// What concerns nodes that somebody else has just removed is passed over: a drag of many nodes does
// not fail because one of them is gone.

/** Puts nodes elsewhere, and the points of wires with them. */
export function moveNodes(edit: Edit, command: CommandOf<"move-nodes">): void {
  const { positions, reroutes = {} } = command;
  for (const [id, position] of Object.entries(positions)) {
    if (Object.hasOwn(edit.document.nodes, id)) edit.draft.view.positions[id] = position;
  }
  for (const [wire, points] of Object.entries(reroutes)) {
    setReroutes(edit, { kind: "set-reroutes", wire, points });
  }
}

/** Draws a frame. */
export function addFrame(edit: Edit, { id, frame }: CommandOf<"add-frame">): void {
  if (Object.hasOwn(edit.document.view.frames, id)) {
    const message = `There is a frame "${id}" already.`;
    throw refuse("document/name-taken", message, "Choose another id for the new one.");
  }
  edit.draft.view.frames[id] = frame;
}

/** Changes some of what a frame says of itself. */
export function updateFrame(edit: Edit, { id, changes }: CommandOf<"update-frame">): void {
  const frame = own(edit.draft.view.frames, id);
  if (frame === undefined) {
    const message = "The frame is no longer there.";
    throw refuse("document/edit-conflict", message, "Somebody may have removed it: look again.");
  }
  frame.title = changes.title ?? frame.title;
  frame.colour = changes.colour ?? frame.colour;
  frame.x = changes.x ?? frame.x;
  frame.y = changes.y ?? frame.y;
  frame.width = changes.width ?? frame.width;
  frame.height = changes.height ?? frame.height;
}

/** Takes a frame away, and leaves the nodes in it; one that is gone is no error. */
export function removeFrame(edit: Edit, { id }: CommandOf<"remove-frame">): void {
  removeEntry(edit.draft.view.frames, id);
}

/** Leads a wire through points; without points it runs straight again. */
export function setReroutes(edit: Edit, { wire, points }: CommandOf<"set-reroutes">): void {
  const [node = "", input = ""] = wire.split(".");
  const wired = own(own(edit.document.nodes, node)?.inputs ?? {}, input);
  if (wired === undefined || points.length === 0) removeEntry(edit.draft.view.reroutes, wire);
  else edit.draft.view.reroutes[wire] = points;
}

/** Shows nodes as their titles alone, or in full. */
export function setCollapsed(edit: Edit, { ids, collapsed }: CommandOf<"set-collapsed">): void {
  for (const id of ids) {
    if (!collapsed) removeEntry(edit.draft.view.collapsed, id);
    else if (Object.hasOwn(edit.document.nodes, id)) edit.draft.view.collapsed[id] = true;
  }
}

/** Gives nodes a size, or leaves it to their content. */
export function setSizes(edit: Edit, { sizes }: CommandOf<"set-sizes">): void {
  for (const [id, size] of Object.entries(sizes)) {
    if (size === null) removeEntry(edit.draft.view.sizes, id);
    else if (Object.hasOwn(edit.document.nodes, id)) edit.draft.view.sizes[id] = size;
  }
}
