import type { Point } from "@diopter/engine/editing";
import { type Scene, type SceneWire, socketPlace } from "./scene.js";
import {
  type Bounds,
  boundsOf,
  type Curve,
  contains,
  overlap,
  pointOn,
  wireBounds,
  wirePath,
} from "./wire-path.js";

/**
 * The points through which a wire runs so that it passes behind no node: none where it does not
 * anyway. `lane`: places between the nodes that are kept free for it, from its output to its input.
 */
export function routeAround(
  scene: Scene,
  wire: SceneWire,
  boxes: ReadonlyMap<string, Bounds>,
  lane: readonly Point[],
): readonly Point[] {
  const positions = new Map([...boxes].map(([id, { x, y }]): [string, Point] => [id, [x, y]]));
  const start = socketPlace(scene, wire.from.node, "outputs", wire.from.output, positions);
  const end = socketPlace(scene, wire.to.node, "inputs", wire.to.input, positions);
  if (start === undefined || end === undefined) return [];
  const others = [...boxes].filter(([id]) => id !== wire.from.node && id !== wire.to.node);
  const obstacles = others.map(([, box]) => shrunk(box));
  const crosses = (points: readonly Point[]) => {
    const path = wirePath(start, end, points);
    return obstacles.filter((box) => path.some((curve) => passes(curve, box)));
  };
  if (crosses([]).length === 0) return [];
  // Past each column that lies between, the wire runs level from one side of it to the other.
  const passed = lane.flatMap(([x, y]): Point[] => {
    const column = others
      .map(([, box]) => box)
      .filter((box) => contains({ ...box, y, height: 0 }, [x, y]));
    if (column.length === 0) return [];
    const { x: left, width } = boundsOf(column);
    return [
      [left - margin, y],
      [left + width + margin, y],
    ];
  });
  const points = fewest(passed, crosses);
  return points.map(([x, y]): Point => [Math.round(x), Math.round(y)]);
}

const margin = 12;

/** Leaves out every point without which no more nodes are crossed. */
function fewest(
  points: readonly Point[],
  crosses: (points: readonly Point[]) => readonly Bounds[],
): readonly Point[] {
  let kept = points;
  const least = crosses(points).length;
  for (const point of points) {
    const without = kept.filter((one) => one !== point);
    if (crosses(without).length <= least) kept = without;
  }
  return kept;
}

const samples = 24;

function passes(curve: Curve, box: Bounds): boolean {
  if (!overlap(wireBounds([curve]), box)) return false;
  for (let index = 0; index <= samples; index++) {
    if (contains(box, pointOn(curve, index / samples))) return true;
  }
  return false;
}

/** A wire may touch the edge of a node. */
const shrunk = ({ x, y, width, height }: Bounds): Bounds => ({
  x: x + 2,
  y: y + 2,
  width: width - 4,
  height: height - 4,
});
