import { z } from "zod";
import { nameSchema, workflowNodeSchema } from "../document/schema.js";
import { type Wire, type WorkflowDocument, type WorkflowNode, wiresOf } from "../document/types.js";
import { DiopterError } from "../errors/index.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import type { CommandOf } from "./command-schema.js";
import { own } from "./edit.js";
import { checkWire } from "./fit-wires.js";
import { freeId } from "./free-id.js";
import { type Point, viewOf, type WorkflowView } from "./view.js";

/** Nodes that were copied, as they travel over the clipboard. */
export interface Clipping {
  readonly nodes: Readonly<Record<string, WorkflowNode>>;
  readonly positions: Readonly<Record<string, Point>>;
  readonly sizes: WorkflowView["sizes"];
  readonly collapsed: WorkflowView["collapsed"];
  /** Of the wires among them. */
  readonly reroutes: WorkflowView["reroutes"];
}

const clippingSchema = z.object({
  nodes: z.record(nameSchema, workflowNodeSchema),
  positions: z.unknown().optional(),
  sizes: z.unknown().optional(),
  collapsed: z.unknown().optional(),
  reroutes: z.unknown().optional(),
  view: z.unknown().optional(),
});

/** The nodes with these ids; ids that the document does not have are passed over. */
export function copyNodes(document: WorkflowDocument, ids: readonly string[]): Clipping {
  const view = viewOf(document);
  const present = ids.filter((id) => Object.hasOwn(document.nodes, id));
  return clip(pick(document.nodes, present), view, present);
}

function clip(
  nodes: Readonly<Record<string, WorkflowNode>>,
  view: WorkflowView,
  ids: readonly string[],
): Clipping {
  const inner = Object.keys(view.reroutes).filter((key) => isInner(key, nodes));
  return {
    nodes,
    positions: pick(view.positions, ids),
    sizes: pick(view.sizes, ids),
    collapsed: pick(view.collapsed, ids),
    reroutes: pick(view.reroutes, inner),
  };
}

/** Whether a wire, by its key in `reroutes`, begins and ends at these nodes. */
function isInner(key: string, nodes: Readonly<Record<string, WorkflowNode>>): boolean {
  const [id = "", input = "", source] = key.split(".");
  const wires = wiresOf(own(own(nodes, id)?.inputs ?? {}, input));
  return wires.some(([from]) => (source ?? from) === from && Object.hasOwn(nodes, from));
}

/** A clipping as text for the clipboard: JSON. */
export function clippingText({ nodes, ...view }: Clipping): string {
  const tables = Object.entries(view).filter(([, table]) => Object.keys(table).length > 0);
  const clipping = { "diopter-clipping": 1, nodes, ...Object.fromEntries(tables) };
  return JSON.stringify(clipping, undefined, 2);
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
  const { nodes, view, ...own } = parsed.data;
  return clip(nodes, viewOf({ view: view ?? own }), Object.keys(nodes));
}

/** How to paste. */
export interface PasteOptions {
  /** Added to the positions. */
  readonly offset?: Point;
  /** The upper left corner of what is pasted comes to lie here; counts instead of `offset`. */
  readonly at?: Point;
  /**
   * Wires that begin at nodes that were not copied, and that the document has, are kept where they
   * fit: in another document a node of the same name may be another one.
   */
  readonly keepOuterWires?: PortRegistry;
}

/** The command that pastes, and the ids that it gives: copied id → id in the document. */
export interface Pasted {
  readonly command: CommandOf<"add-nodes">;
  readonly ids: Readonly<Record<string, string>>;
}

/** Nodes under fresh ids, wired among each other as they were. */
export function pasteNodes(
  document: WorkflowDocument,
  clipping: Clipping,
  options: PasteOptions = {},
): Pasted {
  const { nodes, positions } = clipping;
  const taken = new Set(Object.keys(document.nodes));
  const ids: Record<string, string> = {};
  for (const id of Object.keys(nodes)) {
    const fresh = freeId((wanted) => taken.has(wanted), id);
    taken.add(fresh);
    ids[id] = fresh;
  }
  const { keepOuterWires: registry } = options;
  const pasted = Object.entries(nodes).map(([id, node]): [string, WorkflowNode] => [
    own(ids, id) ?? id,
    rewire(node, ids, (input, wire) =>
      registry === undefined ? false : checkWire(document, registry, node, input, wire).valid,
    ),
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
    ...pastedView(clipping, ids, [dx, dy]),
  };
  return { command, ids };
}

type Ids = Readonly<Record<string, string>>;

/** What the view knows of the nodes besides their places; what is empty is left out. */
function pastedView({ sizes, collapsed, reroutes }: Clipping, ids: Ids, [dx, dy]: Point) {
  const fresh = (id: string) => own(ids, id) ?? id;
  const sized = Object.entries(sizes).map(([id, [width, height]]): [string, [number, number]] => [
    fresh(id),
    [width, height],
  ]);
  const closed = Object.keys(collapsed).map(fresh);
  const led = Object.entries(reroutes).map(([key, points]): [string, [number, number][]] => [
    // Node ids stand at the even places of `node.input.source.output`.
    key
      .split(".")
      .map((part, at) => (at % 2 === 0 ? fresh(part) : part))
      .join("."),
    points.map(([x, y]) => [x + dx, y + dy]),
  ]);
  return {
    ...(sized.length === 0 ? {} : { sizes: Object.fromEntries(sized) }),
    ...(closed.length === 0 ? {} : { collapsed: closed }),
    ...(led.length === 0 ? {} : { reroutes: Object.fromEntries(led) }),
  };
}

function rewire(
  node: WorkflowNode,
  ids: Ids,
  keepsOuter: (input: string, wire: Wire) => boolean,
): WorkflowNode {
  const inputs = Object.entries(node.inputs ?? {}).map(([input, wired]): [string, Wire[]] => [
    input,
    wiresOf(wired).flatMap(([source, output]): Wire[] => {
      const inner = own(ids, source);
      if (inner !== undefined) return [[inner, output]];
      return keepsOuter(input, [source, output]) ? [[source, output]] : [];
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
