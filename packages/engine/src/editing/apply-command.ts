import { enablePatches, type Patch, produceWithPatches } from "immer";
import type { WorkflowDocument } from "../document/types.js";
import { DiopterError } from "../errors/index.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import { applyPatchCommand } from "./apply-patches.js";
import { type CommandOf, type EditCommand, editCommandSchema } from "./command-schema.js";
import type { Edit } from "./edit.js";
import { replaceDocument, setDocument } from "./edit-document.js";
import { addNodes, setMode, setTitle } from "./edit-nodes.js";
import { expose, resetParameter, setParameter, unexpose } from "./edit-parameters.js";
import * as view from "./edit-view.js";
import { connect, disconnect, insertOnWire } from "./edit-wires.js";
import { type FilledDocument, fillDocument, markFilled } from "./filled-document.js";
import { removeNodes } from "./remove-nodes.js";
import { renameNode } from "./rename-node.js";
import { replaceNode } from "./replace-node.js";

enablePatches();

/** What a command has made of a document. */
export interface AppliedCommand {
  /** Shares all that did not change with the document before. Frozen. */
  readonly document: FilledDocument;
  /** From the document before (filled) to this one; empty when nothing has changed. */
  readonly patches: readonly Patch[];
  /** Back again. */
  readonly inverse: readonly Patch[];
}

/**
 * Applies a command: a pure function, the same on the server and in every editor, so that who
 * applies the same commands in the same order has the same document. Where somebody else was
 * quicker it is kind: removing what is gone is no error.
 * @throws DiopterError that says why the document refuses the command; the document is unchanged.
 */
export function applyCommand(
  document: WorkflowDocument,
  command: EditCommand,
  registry: PortRegistry,
): AppliedCommand {
  const read = readCommand(command);
  const before = fillDocument(document);
  const [after, patches, inverse] = produceWithPatches(before, (draft) => {
    perform({ document: before, draft, registry }, read.kind, read);
  });
  return { document: markFilled(after), patches, inverse };
}

/**
 * A command from plain data.
 * @throws DiopterError `document/invalid`.
 */
export function readCommand(data: unknown): EditCommand {
  const parsed = editCommandSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join("/")}`;
  throw new DiopterError("document/invalid", {
    message: `The edit is malformed${place}: ${issue?.message ?? "nothing fits"}.`,
    remedy: "Correct it, or reload the page if it comes from an older editor.",
  });
}

type Kind = EditCommand["kind"];
type Commands = { readonly [K in Kind]: CommandOf<K> };

const performers: { readonly [K in Kind]: (edit: Edit, command: Commands[K]) => void } = {
  "add-nodes": addNodes,
  "remove-nodes": removeNodes,
  "rename-node": renameNode,
  "set-title": setTitle,
  "set-mode": setMode,
  "replace-node": replaceNode,
  "set-parameter": setParameter,
  "reset-parameter": resetParameter,
  connect,
  disconnect,
  "insert-on-wire": insertOnWire,
  expose,
  unexpose,
  "move-nodes": view.moveNodes,
  "add-frame": view.addFrame,
  "update-frame": view.updateFrame,
  "remove-frame": view.removeFrame,
  "set-reroutes": view.setReroutes,
  "set-collapsed": view.setCollapsed,
  "set-sizes": view.setSizes,
  "set-document": setDocument,
  "replace-document": replaceDocument,
  patch: applyPatchCommand,
};

function perform<K extends Kind>(edit: Edit, kind: K, command: Commands[K]): void {
  performers[kind](edit, command);
}
