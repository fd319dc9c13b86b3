import type { Body } from "./body.js";
import { hash } from "./noise.js";
import { drawRaster, type Raster } from "./raster.js";
import { sunDirection } from "./sky.js";
import { tree } from "./tree.js";
import { dot, encodeChannel, normalize, paint, scale, type Vector } from "./vector.js";

const oak: Body = tree({
  seed: 12,
  height: 3,
  spread: 1.3,
  clumps: 90,
  leaf: 0.05,
  apples: 14,
  tint: [1, 1, 1],
});

const samplesPerSide = 4;
const sunLight = paint(0xfff0d8);

const shade = (x: number, y: number): Vector | undefined => {
  const origin: Vector = [0, 1.5, -7];
  const surface = oak({ origin, direction: normalize([x * 0.29, y * 0.29 + 0.02, 1]) });
  if (!surface) return undefined;
  const light = 0.45 + 1.3 * Math.max(0, dot(surface.normal, sunDirection));
  const [red, green, blue] = surface.colour;
  return scale([red * sunLight[0], green * sunLight[1], blue * sunLight[2]], light);
};

/** A tree on nothing: sRGB and straight alpha, all in [0, 1]. */
export const renderCutout = (width: number, height: number): Raster =>
  drawRaster(width, height, 4, (column, row) => {
    const seen: Vector[] = [];
    for (let index = 0; index < samplesPerSide * samplesPerSide; index += 1) {
      const across = ((index % samplesPerSide) + hash(column, row, index)) / samplesPerSide;
      const down =
        (Math.floor(index / samplesPerSide) + hash(column, row, index + 50)) / samplesPerSide;
      const colour = shade(
        (2 * (column + across) - width) / height,
        (height - 2 * (row + down)) / height,
      );
      if (colour) seen.push(colour);
    }
    const mean = (channel: 0 | 1 | 2) =>
      encodeChannel(seen.reduce((sum, colour) => sum + colour[channel], 0) / (seen.length || 1));
    return [mean(0), mean(1), mean(2), seen.length / samplesPerSide ** 2];
  });
