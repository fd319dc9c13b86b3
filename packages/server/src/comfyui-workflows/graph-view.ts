import { type Frame, type Point, viewOf } from "@diopter/engine/editing";
import type { DocumentParts } from "./assemble.js";
import type { Layer } from "./graph-layers.js";
import { safeName } from "./node-names.js";
import type { Graph, GraphNode } from "./schemas.js";

/** How far subgraphs stand from the node that stood for them, and from their frames. */
const margin = 60;

/** The graph with the nodes of its subgraphs in their place, below a frame each. */
export function flatten(graph: Graph, layers: readonly Layer[]): Graph {
  const nodes: GraphNode[] = [];
  const groups = [...(graph.groups ?? [])];
  const origins = new Map<Layer, Point>();
  for (const layer of layers) {
    const [dx, dy] = originOf(layer, origins);
    origins.set(layer, [dx, dy]);
    const placed = [...layer.nodes.values()].map((node) => {
      const [x, y] = node.pos ?? [];
      const pos = x === undefined || y === undefined ? undefined : [x + dx, y + dy];
      return { ...node, id: `${layer.prefix}${node.id}`, pos };
    });
    nodes.push(...placed);
    const title = layer.definition?.name ?? "Subgraph";
    if (layer.outer !== undefined) groups.push({ title, bounding: boundsOf(placed) });
  }
  return { ...graph, nodes, groups };
}

/** What is added to the places of a layer's nodes, so that they stand where their node stood. */
function originOf({ outer, nodes }: Layer, origins: ReadonlyMap<Layer, Point>): Point {
  if (outer === undefined) return [0, 0];
  const [dx, dy] = origins.get(outer.layer) ?? [0, 0];
  const [x = 0, y = 0] = outer.node.pos ?? [];
  const [left, top] = cornerOf([...nodes.values()]);
  return [dx + x - left, dy + y - top + margin];
}

function cornerOf(nodes: readonly Pick<GraphNode, "pos">[]): Point {
  const [left, top] = [0, 1].map((axis) =>
    nodes.reduce((least, { pos }) => Math.min(least, pos?.[axis] ?? least), Number.MAX_VALUE),
  );
  const plain = (side: number | undefined) => (side === Number.MAX_VALUE ? 0 : (side ?? 0));
  return [plain(left), plain(top)];
}

function boundsOf(nodes: readonly Pick<GraphNode, "pos">[]): number[] {
  const [left, top] = cornerOf(nodes);
  const far = (axis: number, least: number) =>
    nodes.reduce((most, { pos }) => Math.max(most, pos?.[axis] ?? most), least);
  const width = far(0, left) - left + 5 * margin;
  const height = far(1, top) - top + 3 * margin;
  return [left - margin / 2, top - margin, width, height];
}

/** What a graph says of the document as a whole, and of how it looks. */
export function viewOfGraph(graph: Graph, names: ReadonlyMap<string, string>): DocumentParts {
  const own = graph.extra?.diopter;
  const positions: Record<string, Point> = {};
  const collapsed: Record<string, true> = {};
  for (const { id, pos, flags, properties } of graph.nodes) {
    const name = names.get(id);
    const [x = 0, y = 0] = pos ?? [];
    if (name === undefined) continue;
    const isPlaced =
      properties?.diopter?.unplaced !== true || x !== y || x !== 40 * (Number(id) - 1);
    if (pos !== undefined && isPlaced) positions[name] = [x, y];
    if (flags?.collapsed === true) collapsed[name] = true;
  }
  const present = new Set(names.values());
  const { sizes, reroutes } = viewOf({ view: own?.view });
  const isPresent = ([key]: readonly [string, unknown]) => present.has(key.split(".")[0] ?? "");
  const view = {
    positions,
    frames: framesOf(graph),
    reroutes: {
      ...Object.fromEntries(Object.entries(reroutes).filter(isPresent)),
      ...reroutesOf(graph, names),
    },
    collapsed,
    sizes: Object.fromEntries(Object.entries(sizes).filter(isPresent)),
  };
  const filled = Object.entries(view).filter(([, table]) => Object.keys(table).length > 0);
  const options = Object.entries(own?.interface ?? {}).filter(([, target]) =>
    present.has(target.split(".")[0] ?? ""),
  );
  return {
    name: own?.name ?? "From ComfyUI",
    ...(own?.description === undefined ? {} : { description: own.description }),
    ...(options.length === 0 ? {} : { interface: Object.fromEntries(options) }),
    ...(filled.length === 0 ? {} : { view: Object.fromEntries(filled) }),
  };
}

function framesOf({ groups }: Graph): Record<string, Frame> {
  const frames: Record<string, Frame> = {};
  for (const [index, group] of (groups ?? []).entries()) {
    const [x = 0, y = 0, width = 1, height = 1] = group.bounding;
    const id = safeName(group.diopter ?? `group-${index + 1}`);
    frames[Object.hasOwn(frames, id) ? `${id}-${index + 1}` : id] = {
      title: (group.title ?? "").slice(0, 1000),
      colour: (group.color ?? "").slice(0, 64),
      x,
      y,
      width: Math.max(1, width),
      height: Math.max(1, height),
    };
  }
  return frames;
}

/** Points of links: each names the one before it, on the way back to where the link begins. */
function reroutesOf(graph: Graph, names: ReadonlyMap<string, string>): Record<string, Point[]> {
  const all = [...(graph.reroutes ?? []), ...(graph.extra?.reroutes ?? [])];
  if (all.length === 0) return {};
  const points = new Map(all.map((point) => [point.id, point]));
  const last = new Map(
    (graph.extra?.linkExtensions ?? []).map(({ id, parentId }) => [id, parentId]),
  );
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const reroutes: Record<string, Point[]> = {};
  for (const link of graph.links ?? []) {
    if (link === null) continue;
    const name = names.get(link.target_id);
    const input = nodes.get(link.target_id)?.inputs?.[link.target_slot]?.name;
    const path = pathTo(link.parentId ?? last.get(link.id), points);
    if (name !== undefined && input !== undefined && path.length > 0) {
      reroutes[`${name}.${safeName(input)}`] = path;
    }
  }
  return reroutes;
}

function pathTo(
  end: string | undefined,
  points: ReadonlyMap<string, NonNullable<Graph["reroutes"]>[number]>,
): Point[] {
  const path: Point[] = [];
  const passed = new Set<string>();
  for (let id = end; id !== undefined && !passed.has(id); id = points.get(id)?.parentId) {
    passed.add(id);
    const [x, y] = points.get(id)?.pos ?? [];
    if (x !== undefined && y !== undefined) path.unshift([x, y]);
  }
  return path;
}
