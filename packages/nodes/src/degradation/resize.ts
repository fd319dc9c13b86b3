import { resample } from "../image/resample/index.js";
import type { Picture } from "./degraded-picture.js";
import type { ResizeOperation } from "./recipe.js";

/** Antialiased resampling in float; bicubic (Keys, a = −0.5) overshoots at edges. */
export function resizePicture(picture: Picture, operation: ResizeOperation): Picture {
  const { width, height } = operation;
  const sizes = {
    width: picture.width,
    height: picture.height,
    targetWidth: width,
    targetHeight: height,
  };
  return { width, height, pixels: resample(picture.pixels, sizes, operation.filter) };
}
