import { type Body, box, enterConvex, type Plane, pointAt } from "./body.js";
import { isOnText } from "./lettering.js";
import { planks } from "./masonry.js";
import { fractalNoise } from "./noise.js";
import { mix, paint, scale, smoothStep, type Vector } from "./vector.js";

const timber = paint(0x8d7b66);
const board = paint(0xefe8d6);
const ink = paint(0x1d2b3a);

const solid =
  (planes: readonly Plane[], colourAt: (position: Vector) => Vector): Body =>
  (ray) => {
    const entry = enterConvex(ray, planes);
    const plane = entry && planes[entry.plane];
    if (!plane) return undefined;
    const colour = colourAt(pointAt(ray, entry.distance));
    return { distance: entry.distance, normal: plane.normal, colour };
  };

const upright = ([x, y, z]: Vector): Vector => planks(x + z, y, timber).colour;
const lying = ([x, y, z]: Vector): Vector => planks(y + z, x, timber).colour;

/** A post-and-rail fence along x, from 0 to `length` metres. */
export const fence = (length: number): Body[] => {
  const posts = Array.from({ length: Math.floor(length / 1.2) + 1 }, (_, index) =>
    solid(box([index * 1.2 - 0.06, 0, -0.06], [index * 1.2 + 0.06, 1.1, 0.06]), upright),
  );
  const rails = [0.4, 0.85].map((height) =>
    solid(box([0, height - 0.05, -0.1], [length, height + 0.06, -0.05]), lying),
  );
  return [...posts, ...rails];
};

const sheet = ([x, y]: Vector): Vector => {
  const worn = smoothStep(0.55, 0.85, fractalNoise(x * 8, y * 8, 5, 400));
  const ground = mix(board, timber, worn * 0.35);
  const isBorder = Math.max(Math.abs(x) - 0.66, Math.abs(y - 1.25) - 0.29) > -0.045;
  const isInset = Math.max(Math.abs(x) - 0.61, Math.abs(y - 1.25) - 0.24) > 0;
  if (isBorder && isInset) return ink;
  const isText = isOnText(x, y - 1.36, "DIOPTER", 0.105) || isOnText(x, y - 1.12, "LANE", 0.105);
  return isText ? scale(ink, 0.9 + 0.4 * worn) : ground;
};

/** A lettered board on two posts, 1.4 m wide, facing negative z. */
export const sign: readonly Body[] = [
  solid(box([-0.7, 0.92, -0.05], [0.7, 1.58, 0]), sheet),
  solid(box([-0.56, 0, 0], [-0.46, 1.66, 0.08]), upright),
  solid(box([0.46, 0, 0], [0.56, 1.66, 0.08]), upright),
];
