import { type Body, nearest, pointAt, type Ray } from "./body.js";
import { cottage } from "./cottage.js";
import { ground } from "./ground.js";
import { placed } from "./placement.js";
import { skyColour, sunDirection } from "./sky.js";
import { tree } from "./tree.js";
import { add, dot, mix, multiply, paint, scale, type Vector } from "./vector.js";
import { fence, sign } from "./woodwork.js";

const appleTree = tree({
  seed: 3,
  height: 4.6,
  spread: 2,
  clumps: 110,
  leaf: 0.06,
  apples: 40,
  tint: [1, 1, 1],
});
const poplar = tree({
  seed: 8,
  height: 8.5,
  spread: 1.6,
  clumps: 120,
  leaf: 0.1,
  apples: 0,
  tint: [0.8, 0.85, 0.9],
});
const bush = tree({
  seed: 5,
  height: 1.1,
  spread: 0.8,
  clumps: 50,
  leaf: 0.05,
  apples: 0,
  tint: [1.15, 1, 0.8],
});

const standing: readonly Body[] = [
  ...cottage.map((body) => placed(body, [-0.2, 0, 5.2], 0.5)),
  placed(appleTree, [4.6, 0, 3.4], 0),
  placed(poplar, [-4.9, 0, 9.5], 0),
  placed(poplar, [-6.9, 0, 11], 2),
  placed(bush, [-3.2, 0, 4.4], 0),
  placed(bush, [2.4, 0, 4.3], 1),
  ...fence(9.6).map((body) => placed(body, [-9.9, 0, 3.9], 0.12)),
  ...fence(7.2).map((body) => placed(body, [3.6, 0, 5.6], -0.1)),
  ...sign.map((body) => placed(body, [1.45, 0, -1.1], -0.18)),
];

const sunLight = scale(paint(0xfff0d8), 2.9);
const skyLight = scale(paint(0xa8c8ee), 0.7);
const earthLight = scale(paint(0x9aa66a), 0.28);
const haze = paint(0xc4d6e4);

const lightOn = (position: Vector, normal: Vector): Vector => {
  const facing = dot(normal, sunDirection);
  const outside = { origin: add(position, scale(normal, 2e-3)), direction: sunDirection };
  const isLit = facing > 0 && !standing.some((body) => body(outside));
  const above = 0.5 + 0.5 * normal[1];
  const ambient = mix(earthLight, skyLight, above);
  return isLit ? add(ambient, scale(sunLight, facing)) : ambient;
};

/** The light, linear and unbounded, that comes along a ray from a cottage in an orchard. */
export const trace = (ray: Ray): Vector => {
  const surface = nearest(ray, [ground, ...standing]);
  if (!surface) return skyColour(ray.direction);
  const light = lightOn(pointAt(ray, surface.distance), surface.normal);
  const shaded = multiply(surface.colour, light);
  return mix(haze, shaded, Math.exp(-surface.distance * 0.008));
};
