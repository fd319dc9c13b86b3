import { type Body, pointAt, type Ray, type Surface } from "./body.js";
import { cells, fractalNoise, hash, noise } from "./noise.js";
import { clamp, mix, normalize, paint, scale, smoothStep, type Vector } from "./vector.js";

const shells = 22;
const tallest = 0.2;
const blade = 0.035;
const up: Vector = [0, 1, 0];

const earth = paint(0x3b2f22);
const deepGrass = paint(0x26380f);
const freshGrass = paint(0x728c3a);
const dryGrass = paint(0xa89a5c);
const gravelLight = paint(0xc9bca6);
const gravelDark = paint(0x7d7263);
const petals: readonly Vector[] = [paint(0xf6f4ee), paint(0xe9c531), paint(0xc2456b)];

const pathCentre = (z: number): number => -0.55 + 0.25 * Math.sin(z * 0.55) - 0.12 * z;

const onPath = (x: number, z: number): number => {
  const ragged = 0.18 * (fractalNoise(x * 4, z * 4, 3, 80) - 0.5);
  return smoothStep(0.5, 0.42, Math.abs(x - pathCentre(z)) + ragged);
};

const gravel = (x: number, z: number): Surface["colour"] => {
  const { nearest, second, id } = cells(x * 16, z * 16, 90);
  const stone = mix(gravelDark, gravelLight, id);
  return scale(stone, 0.35 + 0.75 * smoothStep(0.02, 0.22, second - nearest));
};

const meadow = (x: number, z: number): Vector => {
  const patch = fractalNoise(x * 0.9, z * 0.9, 4, 100);
  return mix(freshGrass, dryGrass, smoothStep(0.45, 0.8, patch) * 0.8);
};

interface Blade {
  readonly height: number;
  readonly tint: number;
  readonly flower: number;
}

/** The blade or flower that stands at a point at a height, one per cell, leaning with the height. */
const bladeAt = (x: number, z: number, height: number): Blade | undefined => {
  const lean = height * height * 6;
  const bentX = x + lean * (noise(x * 3, z * 3, 110) - 0.5);
  const bentZ = z + lean * (noise(x * 3, z * 3, 111) - 0.5);
  const column = Math.floor(bentX / blade);
  const row = Math.floor(bentZ / blade);
  const tall = tallest * (0.25 + 0.75 * hash(column, row, 120)) * (0.5 + noise(x, z, 121));
  if (height > tall) return undefined;
  const offsetX = bentX / blade - column - 0.5;
  const offsetZ = bentZ / blade - row - 0.5;
  const isFlower = hash(column, row, 122) > 0.975 && height > tall * 0.86;
  const width = isFlower ? 0.7 : 0.62 * (1 - height / tall) + 0.08;
  if (offsetX * offsetX + offsetZ * offsetZ > width * width) return undefined;
  const flower = isFlower ? 1 + Math.floor(3 * hash(column, row, 124) ** 2) : 0;
  return { height: height / tallest, tint: hash(column, row, 123), flower };
};

const grassColour = (x: number, z: number, { height, tint, flower }: Blade): Vector => {
  const petal = petals[flower - 1];
  if (petal) return petal;
  const green = mix(deepGrass, meadow(x, z), clamp(0.15 + 1.25 * height));
  return scale(green, 0.65 + 0.7 * tint);
};

/** A meadow drawn as stacked shells, as fur is, with a gravel path through it. */
export const ground: Body = (ray: Ray) => {
  if (ray.direction[1] >= -1e-4) return undefined;
  const bottom = -ray.origin[1] / ray.direction[1];
  if (bottom > 120) return undefined;
  for (let shell = shells; shell > 0; shell -= 1) {
    const height = (tallest * shell) / shells;
    const distance = (height - ray.origin[1]) / ray.direction[1];
    if (distance < 1e-4) continue;
    const [x, , z] = pointAt(ray, distance);
    const trodden = onPath(x, z);
    const found = trodden < 1 ? bladeAt(x, z, height / (1 - 0.999 * trodden)) : undefined;
    if (!found) continue;
    const normal = normalize([found.tint - 0.5, 1, hash(Math.floor(x / blade), 7) - 0.5]);
    return { distance, normal, colour: grassColour(x, z, found) };
  }
  const [x, , z] = pointAt(ray, bottom);
  const colour = mix(scale(earth, 0.5 + noise(x * 9, z * 9, 130)), gravel(x, z), onPath(x, z));
  return { distance: bottom, normal: up, colour };
};
