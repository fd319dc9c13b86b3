import type { Point } from "@diopter/engine/editing";
import { type Scene, type SceneWire, socketPlace } from "./scene.js";
import { type Bounds, type Curve, wireBounds, wirePath } from "./wire-path.js";

/** A wire where it lies. */
export interface DrawnWire {
  readonly path: readonly Curve[];
  readonly bounds: Bounds;
  /** The path as a canvas strokes it, once it was needed. */
  line?: Path2D;
}

const drawn = new WeakMap<SceneWire, DrawnWire>();

/** Where a wire lies; undefined where one of its ends is not there. Kept while its ends stay. */
export function drawnWire(
  scene: Scene,
  wire: SceneWire,
  positions: ReadonlyMap<string, Point> = scene.positions,
): DrawnWire | undefined {
  const isStill = [wire.from.node, wire.to.node].every(
    (node) => positions.get(node) === scene.positions.get(node),
  );
  const kept = isStill ? drawn.get(wire) : undefined;
  if (kept !== undefined) return kept;
  const from = socketPlace(scene, wire.from.node, "outputs", wire.from.output, positions);
  const to = socketPlace(scene, wire.to.node, "inputs", wire.to.input, positions);
  if (from === undefined || to === undefined) return undefined;
  const path = wirePath(from, to, wire.points);
  const made: DrawnWire = { path, bounds: wireBounds(path) };
  if (isStill) drawn.set(wire, made);
  return made;
}
