import { z } from "zod";
import { nameSchema, workflowNodeSchema } from "../document/schema.js";
import { type Wire, type WorkflowDocument, type WorkflowNode, wiresOf } from "../document/types.js";
import { DiopterError } from "../errors/index.js";
import type { CommandOf } from "./command-schema.js";
import { own } from "./edit.js";
import { freeId } from "./free-id.js";
import { type Point, pointSchema, viewOf } from "./view.js";

/** Nodes that were copied, as they travel over the clipboard. */
export interface Clipping {
  readonly nodes: Readonly<Record<string, WorkflowNode>>;
  readonly positions: Readonly<Record<string, Point>>;
}

const clippingSchema = z.object({
  nodes: z.record(nameSchema, workflowNodeSchema),
  positions: z.record(nameSchema, pointSchema).optional(),
  view: z.unknown().optional(),
});

/** The nodes with these ids; ids that the document does not have are passed over. */
export function copyNodes(document: WorkflowDocument, ids: readonly string[]): Clipping {
  const view = viewOf(document);
  const present = ids.filter((id) => Object.hasOwn(document.nodes, id));
  return { nodes: pick(document.nodes, present), positions: pick(view.positions, present) };
}

/** A clipping as text for the clipboard: JSON. */
export function clippingText({ nodes, positions }: Clipping): string {
  return JSON.stringify({ "diopter-clipping": 1, nodes, positions }, undefined, 2);
}

/**
 * A clipping from the clipboard's text. A whole workflow is one too.
 * @throws DiopterError `document/invalid` for other text.
 */
export function readClipping(text: string): Clipping {
  const parsed = clippingSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new DiopterError("document/invalid", {
      message: "The clipboard holds no nodes.",
      remedy: "Copy nodes or a workflow first.",
    });
  }
  const { nodes, positions, view } = parsed.data;
  return { nodes, positions: positions ?? viewOf({ view }).positions };
}

/** How to paste. */
export interface PasteOptions {
  /** Added to the positions. */
  readonly offset?: Point;
  /** The upper left corner of what is pasted comes to lie here; counts instead of `offset`. */
  readonly at?: Point;
  /** Wires that begin at nodes that were not copied, and that the document has, are kept. */
  readonly keepOuterWires?: boolean;
}

/** The command that pastes, and the ids that it gives: copied id → id in the document. */
export interface Pasted {
  readonly command: CommandOf<"add-nodes">;
  readonly ids: Readonly<Record<string, string>>;
}

/** Nodes under fresh ids, wired among each other as they were. */
export function pasteNodes(
  document: WorkflowDocument,
  { nodes, positions }: Clipping,
  options: PasteOptions = {},
): Pasted {
  const taken = new Set(Object.keys(document.nodes));
  const ids: Record<string, string> = {};
  for (const id of Object.keys(nodes)) {
    const fresh = freeId((wanted) => taken.has(wanted), id);
    taken.add(fresh);
    ids[id] = fresh;
  }
  const outer = options.keepOuterWires === true ? document.nodes : {};
  const pasted = Object.entries(nodes).map(([id, node]): [string, WorkflowNode] => [
    own(ids, id) ?? id,
    rewire(node, ids, outer),
  ]);
  const [dx, dy] = shift(Object.values(positions), options);
  const moved = Object.entries(positions).flatMap(([id, [x, y]]): [string, [number, number]][] => {
    const fresh = own(ids, id);
    return fresh === undefined ? [] : [[fresh, [x + dx, y + dy]]];
  });
  const command = {
    kind: "add-nodes" as const,
    nodes: Object.fromEntries(pasted.map(([id, node]) => [id, mutable(node)])),
    positions: Object.fromEntries(moved),
  };
  return { command, ids };
}

function rewire(
  node: WorkflowNode,
  ids: Readonly<Record<string, string>>,
  outer: Readonly<Record<string, unknown>>,
): WorkflowNode {
  const inputs = Object.entries(node.inputs ?? {}).map(([input, wired]): [string, Wire[]] => [
    input,
    wiresOf(wired).flatMap(([source, output]): Wire[] => {
      const inner = own(ids, source);
      if (inner !== undefined) return [[inner, output]];
      return Object.hasOwn(outer, source) ? [[source, output]] : [];
    }),
  ]);
  const wired = inputs.flatMap(([input, wires]): [string, Wire | Wire[]][] => {
    const [only] = wires;
    if (only === undefined) return [];
    return [[input, wires.length === 1 ? only : wires]];
  });
  const over = own(ids, String(node.params?.over ?? ""));
  return {
    ...node,
    ...(over === undefined ? {} : { params: { ...node.params, over } }),
    inputs: Object.fromEntries(wired),
  };
}

function mutable({ params, inputs, ...rest }: WorkflowNode) {
  const wired = Object.entries(inputs ?? {}).map(([input, value]): [string, Wires] => {
    const wires = wiresOf(value).map(([node, output]): [string, string] => [node, output]);
    const [only] = wires;
    return [input, wires.length === 1 && only !== undefined ? only : wires];
  });
  return { ...rest, params: { ...params }, inputs: Object.fromEntries(wired) };
}

type Wires = [string, string] | [string, string][];

function shift(positions: readonly Point[], { at, offset = [40, 40] }: PasteOptions): Point {
  if (at === undefined) return offset;
  const left = positions.reduce((least, [x]) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const top = positions.reduce((least, [, y]) => Math.min(least, y), Number.POSITIVE_INFINITY);
  return positions.length === 0 ? [0, 0] : [at[0] - left, at[1] - top];
}

function pick<T>(table: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> {
  return Object.fromEntries(
    ids.flatMap((id): [string, T][] => {
      const value = own(table, id);
      return value === undefined ? [] : [[id, value]];
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
