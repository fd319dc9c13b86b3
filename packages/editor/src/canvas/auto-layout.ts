import { graphlib, layout } from "@dagrejs/dagre";
import type { Point } from "@diopter/engine/editing";
import { routeAround } from "./route-wires.js";
import type { Scene } from "./scene.js";
import { type Bounds, boundsOf } from "./wire-path.js";

/** Where nodes come to lie, and the points through which wires run so that they pass no node. */
export interface Layout {
  readonly boxes: ReadonlyMap<string, Bounds>;
  /** For every wire between the nodes, by its key; most need none. */
  readonly points: ReadonlyMap<string, readonly Point[]>;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Columns from left to right in the order of the wires; the upper left corner stays where it was. */
export function layOut(scene: Scene, ids: readonly string[]): Layout {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 72, edgesep: 28 });
  graph.setDefaultEdgeLabel(() => ({}));
  const before: Bounds[] = [];
  for (const id of ids) {
    const shape = scene.nodes.get(id)?.shape ?? { width: 200, height: 100 };
    const [x, y] = scene.positions.get(id) ?? [0, 0];
    before.push({ x, y, width: shape.width, height: shape.height });
    graph.setNode(id, { width: shape.width, height: shape.height });
  }
  const wires = scene.wires.filter(
    ({ from, to }) => graph.hasNode(from.node) && graph.hasNode(to.node),
  );
  for (const { from, to, key } of wires) graph.setEdge(from.node, to.node, {}, key);
  layout(graph);
  const laid = new Map<string, Bounds>();
  for (const id of ids) {
    const { x, y, width, height } = graph.node(id);
    laid.set(id, { x: x - width / 2, y: y - height / 2, width, height });
  }
  const [old, now] = [boundsOf(before), boundsOf([...laid.values()])];
  const [dx, dy] = [old.x - now.x, old.y - now.y];
  const boxes = new Map(
    [...laid].map(([id, box]) => [
      id,
      { ...box, x: Math.round(box.x + dx), y: Math.round(box.y + dy) },
    ]),
  );
  const points = new Map(
    wires.map((wire) => {
      const { points: lane = [] } = graph.edge(wire.from.node, wire.to.node, wire.key);
      const moved = lane.slice(1, -1).map(({ x, y }: Place): Point => [x + dx, y + dy]);
      return [wire.key, routeAround(scene, wire, boxes, moved)];
    }),
  );
  return { boxes, points };
}
