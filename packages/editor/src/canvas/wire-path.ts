import type { Point } from "@diopter/engine/editing";

/** One piece of a wire: a cubic curve from `start` to `end`. */
export interface Curve {
  readonly start: Point;
  readonly first: Point;
  readonly second: Point;
  readonly end: Point;
}

const leastReach = 36;
const mostReach = 220;

/** A wire from an output through its reroute points to an input: level at every point. */
export function wirePath(from: Point, to: Point, through: readonly Point[] = []): readonly Curve[] {
  const points = [from, ...through, to];
  return points.slice(1).map((end, index) => {
    const start = points[index] ?? from;
    const distance = Math.abs(end[0] - start[0]);
    const isBack = end[0] < start[0];
    const reach = Math.min(mostReach, Math.max(leastReach, distance * (isBack ? 0.8 : 0.5)));
    return { start, first: [start[0] + reach, start[1]], second: [end[0] - reach, end[1]], end };
  });
}

/** The place on a curve at `t` from 0 to 1. */
export function pointOn({ start, first, second, end }: Curve, t: number): Point {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [
    a * start[0] + b * first[0] + c * second[0] + d * end[0],
    a * start[1] + b * first[1] + c * second[1] + d * end[1],
  ];
}

const samples = 20;

/** How far a place is from a wire, and the piece that is nearest. */
export function distanceToWire(
  path: readonly Curve[],
  place: Point,
): { readonly distance: number; readonly piece: number } {
  let nearest = { distance: Number.POSITIVE_INFINITY, piece: 0 };
  for (const [piece, curve] of path.entries()) {
    let before = curve.start;
    for (let index = 1; index <= samples; index++) {
      const after = pointOn(curve, index / samples);
      const distance = distanceToLine(before, after, place);
      if (distance < nearest.distance) nearest = { distance, piece };
      before = after;
    }
  }
  return nearest;
}

function distanceToLine([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((px - ax) * dx + (py - ay) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** A box that holds the whole wire, since a curve stays within its control points. */
export function wireBounds(path: readonly Curve[]): Bounds {
  const points = path.flatMap(({ start, first, second, end }) => [start, first, second, end]);
  return boundsOf(points.map(([x, y]) => ({ x, y, width: 0, height: 0 })));
}

/** A box on the canvas. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around others; empty at the origin where there are none. */
export function boundsOf(boxes: readonly Bounds[]): Bounds {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two boxes share a place. */
export function overlap(a: Bounds, b: Bounds): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

/** Whether a place lies in a box. */
export function contains(box: Bounds, [x, y]: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
