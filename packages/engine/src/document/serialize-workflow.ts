import type { WorkflowDocument, WorkflowNode } from "./types.js";

/** What fits stands on one line; a key of usual length leaves that within 100 columns. */
const lineWidth = 80;

/**
 * A document as text: fields in a fixed order, nodes and names in the document's, short lists and
 * objects on one line, so that a change of one value changes one line. Equal documents give equal
 * text, and reading it back gives an equal document.
 */
export function serializeWorkflow(document: WorkflowDocument): string {
  const { $schema, diopter, name, description, nodes, interface: options, view } = document;
  const ordered = {
    $schema,
    diopter,
    name,
    description,
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, orderNode(node)])),
    interface: options,
    view,
  };
  return `${formatJson(ordered, "", 0)}\n`;
}

function orderNode({ type, version, title, mode, params, inputs }: WorkflowNode) {
  return { type, version, title, mode, params, inputs };
}

/** The document and its table of nodes are always spread out: one node begins one line. */
const spreadLevels = 2;

// Recursion is bounded: documents of more than 64 levels are not read in.
function formatJson(value: unknown, indent: string, level: number): string {
  const flat = flatten(value);
  if (typeof value !== "object" || value === null) return flat;
  const isSpread = level < spreadLevels && !Array.isArray(value) && flat !== "{}";
  if (!isSpread && indent.length + flat.length <= lineWidth) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((part: unknown) => formatJson(part ?? null, inner, level + 1))
    : entriesOf(value).map(
        ([key, part]) => `${JSON.stringify(key)}: ${formatJson(part, inner, level + 1)}`,
      );
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${indent}${close}`;
}

function flatten(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(flatten).join(", ")}]`;
  const parts = entriesOf(value).map(([key, part]) => `${JSON.stringify(key)}: ${flatten(part)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, part]) => part !== undefined);
}
