import { drawRaster, type Raster } from "./raster.js";
import { encodeChannel, mix, paint, smoothStep, type Vector } from "./vector.js";

const night = paint(0x16264d);
const rose = paint(0xd98a72);
const gold = paint(0xf7d58a);
const sphere = paint(0x8f96a3);

const sky = (height: number): Vector =>
  mix(mix(gold, rose, smoothStep(0, 0.45, height)), night, smoothStep(0.3, 1, height));

/** A ball before an evening sky: gradients so slow that 8 bits show steps; sRGB in [0, 1]. */
export const renderDusk = (width: number, height: number): Raster =>
  drawRaster(width, height, 3, (column, row) => {
    const x = (2 * column + 1 - width) / height;
    const y = (height - 2 * row - 1) / height;
    const fromBall = Math.hypot(x - 0.45, y + 0.25) / 0.45;
    const edge = smoothStep(1, 0.96, fromBall);
    const depth = Math.sqrt(Math.max(0, 1 - fromBall * fromBall));
    const light =
      0.12 + 0.88 * Math.max(0, (-0.6 * (x - 0.45) + 0.3 * (y + 0.25)) / 0.45 + depth * 0.5);
    const ball: Vector = [sphere[0] * light, sphere[1] * light * 0.9, sphere[2] * light * 0.85];
    const colour = mix(sky((y + 1) / 2), ball, edge);
    return [encodeChannel(colour[0]), encodeChannel(colour[1]), encodeChannel(colour[2])];
  });
