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
  const countCrossed = (from: Point, through: readonly Point[], to: Point) => {
    const path = wirePath(from, to, through);
    return obstacles.filter((box) => path.some((curve) => passes(curve, box))).length;
  };
  if (countCrossed(start, [], end) === 0) return [];
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
  const points = fewest([start, ...passed, end], countCrossed);
  return points.map(([x, y]): Point => [Math.round(x), Math.round(y)]);
}

const margin = 12;

/** The places between the ends, without those without which no more nodes are crossed. */
function fewest(
  places: readonly Point[],
  countCrossed: (from: Point, through: readonly Point[], to: Point) => number,
): readonly Point[] {
  const kept = [...places];
  for (let index = 1; index < kept.length - 1; ) {
    const [from, point, to] = kept.slice(index - 1, index + 2);
    if (from === undefined || point === undefined || to === undefined) break;
    // A wire is level at each of its points: what lies beyond the neighbours does not change.
    if (countCrossed(from, [], to) <= countCrossed(from, [point], to)) kept.splice(index, 1);
    else index += 1;
  }
  return kept.slice(1, -1);
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
