import { gaussian } from "./noise.js";
import { blur, drawRaster, type Raster, sample, shrink } from "./raster.js";
import { encodeChannel } from "./vector.js";

const exposure = 0.72;

/** A film-like curve from scene light to display light: soft in the shadows, bounded above. */
const develop = (light: number): number =>
  (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14);

export interface Camera {
  /** How many pixels of the scene become one of the picture, in each direction. */
  readonly shrinkBy: number;
  /** Standard deviation of the lens blur, in pixels of the scene. */
  readonly blur: number;
  /** Standard deviation of the sensor's noise, as a fraction of white. */
  readonly noise: number;
}

/** A picture of a linear-light scene by a poor camera; sRGB-encoded values in [0, 1]. */
export const photograph = (scene: Raster, camera: Camera): Raster => {
  const seen = shrink(blur(scene, camera.blur), camera.shrinkBy);
  return drawRaster(seen.width, seen.height, seen.channels, (x, y) => {
    const fromMiddle = Math.hypot(2 * x - seen.width, 2 * y - seen.height);
    const falloff = 1 - 0.2 * (fromMiddle / Math.hypot(seen.width, seen.height)) ** 2;
    return Array.from({ length: seen.channels }, (_, channel) => {
      const light = sample(seen, x, y, channel) * exposure * falloff;
      return encodeChannel(develop(light)) + camera.noise * gaussian(x, y, channel + 600);
    });
  });
};
