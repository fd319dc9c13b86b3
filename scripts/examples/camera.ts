import { hash } from "./noise.js";
import { drawRaster, type Raster } from "./raster.js";
import { trace } from "./scene.js";
import { add, normalize, scale, type Vector } from "./vector.js";

const eye: Vector = [0.35, 1.55, -5.4];
const forward = normalize([0.03, 0.065, 1]);
const right: Vector = normalize([forward[2], 0, -forward[0]]);
const upward: Vector = [
  forward[1] * right[2] - forward[2] * right[1],
  forward[2] * right[0] - forward[0] * right[2],
  forward[0] * right[1] - forward[1] * right[0],
];
const focalLength = 1.85;

/** The scene in linear light, one ray through a scattered point of each pixel. */
export const renderScene = (width: number, height: number): Raster =>
  drawRaster(width, height, 3, (column, row) => {
    const x = (2 * (column + hash(column, row, 500)) - width) / height;
    const y = (height - 2 * (row + hash(column, row, 501))) / height;
    const aim = add(add(scale(forward, focalLength), scale(right, x)), scale(upward, y));
    return trace({ origin: eye, direction: normalize(aim) });
  });
