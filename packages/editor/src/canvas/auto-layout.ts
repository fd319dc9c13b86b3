import { graphlib, layout } from "@dagrejs/dagre";
import type { Scene } from "./scene.js";
import { type Bounds, boundsOf } from "./wire-path.js";

/** Columns from left to right in the order of the wires; the upper left corner stays where it was. */
export function layOut(scene: Scene, ids: readonly string[]): ReadonlyMap<string, Bounds> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 72 });
  graph.setDefaultEdgeLabel(() => ({}));
  const before: Bounds[] = [];
  for (const id of ids) {
    const shape = scene.nodes.get(id)?.shape ?? { width: 200, height: 100 };
    const [x, y] = scene.positions.get(id) ?? [0, 0];
    before.push({ x, y, width: shape.width, height: shape.height });
    graph.setNode(id, { width: shape.width, height: shape.height });
  }
  for (const { from, to } of scene.wires) {
    if (graph.hasNode(from.node) && graph.hasNode(to.node)) graph.setEdge(from.node, to.node);
  }
  layout(graph);
  const boxes = new Map<string, Bounds>();
  for (const id of ids) {
    const { x, y, width, height } = graph.node(id);
    boxes.set(id, { x: x - width / 2, y: y - height / 2, width, height });
  }
  const [old, laid] = [boundsOf(before), boundsOf([...boxes.values()])];
  const [dx, dy] = [old.x - laid.x, old.y - laid.y];
  return new Map([...boxes].map(([id, box]) => [id, { ...box, x: box.x + dx, y: box.y + dy }]));
}
