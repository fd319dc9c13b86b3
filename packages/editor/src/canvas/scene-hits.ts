import type { Point } from "@diopter/engine/editing";
import { drawnWire } from "./drawn-wires.js";
import { interactionStore } from "./interaction.js";
import type { SceneWire } from "./scene.js";
import { sceneStore } from "./scene-store.js";
import { viewportStore } from "./viewport.js";
import { type Bounds, contains, distanceToWire, overlap } from "./wire-path.js";

/** Pixels around a wire that count as it. */
const wireReach = 9;

/** Where every node stands now, while nodes are dragged too. */
export function livePositions(): ReadonlyMap<string, Point> {
  const { moved } = interactionStore.getState();
  const { positions } = sceneStore.getState().scene;
  return moved.size === 0 ? positions : new Map([...positions, ...moved]);
}

/** The box of a node on the canvas. */
export function nodeBounds(id: string): Bounds | undefined {
  const { scene } = sceneStore.getState();
  const shape = scene.nodes.get(id)?.shape;
  const position = interactionStore.getState().moved.get(id) ?? scene.positions.get(id);
  if (shape === undefined || position === undefined) return undefined;
  return { x: position[0], y: position[1], width: shape.width, height: shape.height };
}

/** The topmost node at a place of the canvas. */
export function nodeAt(place: Point): string | undefined {
  const ids = [...sceneStore.getState().scene.nodes.keys()].reverse();
  return ids.find((id) => {
    const box = nodeBounds(id);
    return box !== undefined && contains(box, place);
  });
}

/** The nodes that a box touches. */
export function nodesIn(box: Bounds): readonly string[] {
  return [...sceneStore.getState().scene.nodes.keys()].filter((id) => {
    const own = nodeBounds(id);
    return own !== undefined && overlap(own, box);
  });
}

/** The wire at a place of the canvas, and which piece between two of its points. */
export function wireAt(
  place: Point,
  accepts: (wire: SceneWire) => boolean = () => true,
  reach = wireReach,
): { readonly wire: SceneWire; readonly piece: number } | undefined {
  const { scene } = sceneStore.getState();
  const positions = livePositions();
  const most = reach / Math.min(1, viewportStore.getState().k);
  let best: { wire: SceneWire; piece: number; distance: number } | undefined;
  for (const wire of scene.wires) {
    if (!accepts(wire)) continue;
    const drawn = drawnWire(scene, wire, positions);
    if (drawn === undefined || !contains(grown(drawn.bounds, most), place)) continue;
    const { distance, piece } = distanceToWire(drawn.path, place);
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { wire, piece, distance };
    }
  }
  return best;
}

const grown = ({ x, y, width, height }: Bounds, by: number): Bounds => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** The reroute point at a place of the canvas. */
export function rerouteAt(
  place: Point,
  reach = wireReach,
): { readonly wire: SceneWire; readonly index: number } | undefined {
  const most = reach / Math.min(1, viewportStore.getState().k);
  for (const wire of sceneStore.getState().scene.wires) {
    const index = wire.points.findIndex(([x, y]) => Math.hypot(x - place[0], y - place[1]) <= most);
    if (index !== -1) return { wire, index };
  }
  return undefined;
}
