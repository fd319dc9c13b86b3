import type { Wire, WorkflowDocument, WorkflowNode } from "../document/types.js";
import type { ParameterValue } from "../nodes/params.js";
import { viewOf, type WorkflowView } from "./view.js";

/** A node whose tables are there, if only empty. */
export interface FilledNode extends WorkflowNode {
  readonly params: Readonly<Record<string, ParameterValue>>;
  readonly inputs: Readonly<Record<string, Wire | readonly Wire[]>>;
}

/**
 * A document whose tables are all there, if only empty. A patch then names the one entry that it
 * changes: if it had to bring the table along, taking it back would take away what others have put
 * into the table since.
 */
export interface FilledDocument extends WorkflowDocument {
  readonly nodes: Readonly<Record<string, FilledNode>>;
  readonly interface: Readonly<Record<string, string>>;
  readonly view: WorkflowView;
}

const known = new WeakSet<WorkflowDocument>();

/** The same document with its tables there. Gives a filled document back as it is. */
export function fillDocument(document: WorkflowDocument): FilledDocument {
  if (isFilled(document)) return document;
  const nodes = Object.entries(document.nodes).map(([id, node]) => [id, fillNode(node)]);
  const filled = {
    ...document,
    nodes: Object.fromEntries(nodes),
    interface: document.interface ?? {},
    view: viewOf(document),
  };
  known.add(filled);
  return filled;
}

/** Remembers that a change has left everything filled, which every command does. */
export function markFilled(document: FilledDocument): FilledDocument {
  known.add(document);
  return document;
}

function fillNode(node: WorkflowNode): FilledNode {
  return { ...node, params: node.params ?? {}, inputs: node.inputs ?? {} };
}

/** The same document without empty tables: as a person would write it, for files. */
export function trimDocument(document: WorkflowDocument): WorkflowDocument {
  const { nodes, interface: options, view, ...rest } = document;
  const trimmed = Object.entries(nodes).map(([id, node]) => [id, trimNode(node)]);
  return {
    ...rest,
    nodes: Object.fromEntries(trimmed),
    ...(isEmpty(options) ? {} : { interface: options }),
    ...trimView(view),
  };
}

function trimNode({ params, inputs, ...rest }: WorkflowNode): WorkflowNode {
  return {
    ...rest,
    ...(isEmpty(params) ? {} : { params }),
    ...(isEmpty(inputs) ? {} : { inputs }),
  };
}

function trimView(view: unknown): { readonly view?: unknown } {
  if (typeof view !== "object" || view === null || Array.isArray(view)) {
    return view === undefined ? {} : { view };
  }
  const fields = Object.entries(view).filter(([, field]) => !isEmpty(field));
  return fields.length === 0 ? {} : { view: Object.fromEntries(fields) };
}

function isEmpty(table: unknown): boolean {
  if (table === undefined) return true;
  return typeof table === "object" && table !== null && Object.keys(table).length === 0;
}

function isFilled(document: WorkflowDocument): document is FilledDocument {
  return known.has(document);
}
