import { fractalNoise } from "./noise.js";
import { clamp, dot, mix, normalize, paint, scale, smoothStep, type Vector } from "./vector.js";

export const sunDirection: Vector = normalize([-0.62, 0.62, -0.48]);

const zenith = paint(0x3f7cc4);
const horizon = paint(0xc9dcea);
const cloudLight = paint(0xfffaf2);
const cloudShade = paint(0xa9b4c4);
const nearHill = paint(0x5c7a4e);
const farHill = paint(0x8ba6b5);

const withClouds = (direction: Vector, blue: Vector): Vector => {
  const reach = 1 / (direction[1] + 0.12);
  const x = direction[0] * reach * 1.1 + 4.2;
  const y = direction[2] * reach * 1.1;
  const cover = smoothStep(0.46, 0.72, fractalNoise(x, y, 6, 40));
  const lit = fractalNoise(x + 0.25, y + 0.18, 6, 40);
  const white = mix(cloudLight, cloudShade, smoothStep(0.45, 0.8, lit));
  return mix(blue, white, cover * 0.92);
};

const ridge = (azimuth: number, layer: number): number => fractalNoise(azimuth, 0.5, 5, layer);

/** What is seen along a direction past everything near: sky, clouds and two ranges of hills. */
export const skyColour = (direction: Vector): Vector => {
  const azimuth = Math.atan2(direction[0], direction[2]);
  const height = direction[1];
  if (height < 0.015 + 0.06 * ridge(azimuth * 7 + 3, 60)) {
    const wood = fractalNoise(azimuth * 90, height * 160, 3, 70);
    return mix(scale(nearHill, 0.5 + 0.7 * wood), horizon, 0.25);
  }
  if (height < 0.055 + 0.09 * ridge(azimuth * 4 + 9, 61)) {
    const field = fractalNoise(azimuth * 30, height * 60, 3, 71);
    return mix(scale(farHill, 0.75 + 0.4 * field), horizon, 0.4);
  }
  const blue = mix(horizon, zenith, clamp(height * 1.6) ** 0.7);
  const glow = clamp(dot(direction, sunDirection)) ** 8 * 0.3;
  return mix(withClouds(direction, blue), cloudLight, glow);
};
