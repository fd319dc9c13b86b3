import {
  type Body,
  box,
  enterConvex,
  type Plane,
  pointAt,
  type Ray,
  type Surface,
} from "./body.js";
import { brick, type Finish, planks, tile } from "./masonry.js";
import { noise } from "./noise.js";
import { add, normalize, paint, scale, smoothStep, type Vector } from "./vector.js";

const halfLength = 2.7;
const halfDepth = 1.9;
const eaves = 2.5;
const ridge = 4.15;
const slope = normalize([0, halfDepth, ridge - eaves]);
const underRoof = slope[1] * ridge;

const walls: readonly Plane[] = [
  ...box([-halfLength, -1, -halfDepth], [halfLength, 9, halfDepth]),
  { normal: slope, offset: underRoof },
  { normal: [0, slope[1], -slope[2]], offset: underRoof },
];

const roofSide = (side: 1 | -1): readonly Plane[] => [
  { normal: [0, slope[1], side * slope[2]], offset: underRoof + 0.1 },
  { normal: [0, -slope[1], -side * slope[2]], offset: -underRoof },
  ...box([-halfLength - 0.25, eaves - 0.28, -9], [halfLength + 0.25, 9, 9]),
  { normal: [0, 0, -side], offset: 0 },
];
const roofs = [roofSide(-1), roofSide(1)] as const;

const chimney = box([1.5, 3, -0.35], [2.1, 5, 0.35]);

const frame = paint(0xe9e4d8);
const door = paint(0x2f5d4a);
const stone = paint(0xb8ab95);
const flat: Finish["tilt"] = [0, 0];

/** Panes between glazing bars, with curtains; x and y in [-1, 1] across the whole window. */
const windowFinish = (x: number, y: number, shape: number): Finish => {
  const edge = Math.max(Math.abs(x), Math.abs(y));
  if (edge > 0.9) return { colour: frame, tilt: flat };
  if (Math.abs(x) < 0.05 || Math.abs(y + 0.15) < 0.05 / shape) return { colour: frame, tilt: flat };
  const reflected = scale(paint(0x8fb0cc), 0.25 + 0.5 * smoothStep(-0.9, 0.9, y + 0.6 * x));
  const curtain = smoothStep(0.45, 0.8, Math.abs(x) + 0.12 * y);
  const fold = 0.35 + 0.35 * Math.sin(Math.abs(x) * 60) ** 2;
  const shade = smoothStep(0.9, 0.7, y) * smoothStep(-0.9, -0.75, x);
  return {
    colour: scale(
      add(scale(reflected, 1 - curtain), scale(frame, curtain * fold)),
      0.35 + 0.65 * shade,
    ),
    tilt: flat,
  };
};

interface Opening {
  readonly u: number;
  readonly v: number;
  readonly width: number;
  readonly height: number;
}

const longWall: readonly Opening[] = [
  { u: -1.75, v: 1.35, width: 0.45, height: 0.52 },
  { u: 1.75, v: 1.35, width: 0.45, height: 0.52 },
];
const gable: readonly Opening[] = [
  { u: 0, v: 1.3, width: 0.6, height: 0.5 },
  { u: 0, v: 2.85, width: 0.32, height: 0.36 },
];

const opening = (u: number, v: number, windows: readonly Opening[]): Finish | undefined => {
  for (const { u: middle, v: centre, width, height } of windows) {
    const x = (u - middle) / width;
    const y = (v - centre) / height;
    if (Math.abs(x) < 1 && Math.abs(y) < 1) return windowFinish(x, y, height / width);
    const sill = v < centre - height && v > centre - height - 0.11;
    if (Math.abs(x) < 1.15 && sill) return { colour: stone, tilt: [0, 0.3] };
    const lintel = v > centre + height && v < centre + height + 0.16;
    if (Math.abs(x) < 1.2 && lintel) return { colour: scale(stone, 0.8), tilt: flat };
  }
  return undefined;
};

const doorway = (u: number, v: number): Finish | undefined => {
  if (Math.abs(u) > 0.62 || v > 2.15) return undefined;
  if (Math.abs(u) > 0.5 || v > 2.03) return { colour: frame, tilt: flat };
  if (Math.hypot(u - 0.36, v - 1.02) < 0.05) return { colour: paint(0xd8b65a), tilt: flat };
  if (Math.abs(u) < 0.24 && Math.abs(v - 1.65) < 0.17)
    return windowFinish(u / 0.26, (v - 1.65) / 0.19, 0.8);
  return planks(u, v, door);
};

const facade = (u: number, v: number, isLong: boolean): Finish => {
  const hole = isLong ? (doorway(u, v) ?? opening(u, v, longWall)) : opening(u, v, gable);
  if (hole) return hole;
  const bricks = brick(u, v);
  const damp = 0.55 + 0.45 * smoothStep(0, 0.7, v + 0.5 * noise(u * 2, 0, 230));
  const sheltered = isLong ? 0.45 + 0.55 * smoothStep(0, 0.35, eaves - 0.05 - v) : 1;
  return { ...bricks, colour: scale(bricks.colour, damp * sheltered) };
};

const surfaceOf = (distance: number, normal: Vector, along: Vector, finish: Finish): Surface => {
  const tilted: Vector = add(add(normal, scale(along, finish.tilt[0])), [0, finish.tilt[1], 0]);
  return { distance, normal: normalize(tilted), colour: finish.colour };
};

const wallSurface = (ray: Ray): Surface | undefined => {
  const entry = enterConvex(ray, walls);
  const plane = entry && walls[entry.plane];
  if (!plane) return undefined;
  const [x, y, z] = pointAt(ray, entry.distance);
  const isLong = plane.normal[2] !== 0;
  const along: Vector = isLong ? [1, 0, 0] : [0, 0, 1];
  return surfaceOf(entry.distance, plane.normal, along, facade(isLong ? x : z, y, isLong));
};

const roofSurface = (ray: Ray, planes: readonly Plane[]): Surface | undefined => {
  const entry = enterConvex(ray, planes);
  const plane = entry && planes[entry.plane];
  if (!plane) return undefined;
  const [x, y] = pointAt(ray, entry.distance);
  const finish: Finish =
    entry.plane === 0 ? tile(x, (ridge - y) / slope[2]) : { colour: scale(frame, 0.7), tilt: flat };
  return surfaceOf(entry.distance, plane.normal, [1, 0, 0], finish);
};

const chimneySurface = (ray: Ray): Surface | undefined => {
  const entry = enterConvex(ray, chimney);
  const plane = entry && chimney[entry.plane];
  if (!plane) return undefined;
  const [x, y, z] = pointAt(ray, entry.distance);
  const finish = y > 4.86 ? { colour: stone, tilt: flat } : brick(x + z, y);
  return surfaceOf(entry.distance, plane.normal, [1, 0, 0], finish);
};

/** A brick cottage with a tiled roof, its long front with the door towards negative z. */
export const cottage: readonly Body[] = [
  wallSurface,
  (ray) => roofSurface(ray, roofs[0]),
  (ray) => roofSurface(ray, roofs[1]),
  chimneySurface,
];
