import { correlate } from "./correlate.js";
import type { Pause, Picture } from "./degraded-picture.js";
import { gaussianRow } from "./kernels.js";
import type { UnsharpMaskOperation } from "./recipe.js";

/** What Real-ESRGAN's training sharpens its photographs with before it degrades them. */
export const realEsrganSharpening: UnsharpMaskOperation = {
  kind: "unsharp-mask",
  weight: 0.5,
  size: 51,
  threshold: 10,
};

/**
 * Adds `weight` times the difference from a Gaussian blur where that difference exceeds the
 * threshold, with a softened border between there and elsewhere.
 *
 * Source: X. Wang et al., "Real-ESRGAN", ICCVW 2021, section 3.4; the deviation of a window of n
 * pixels is OpenCV's, 0.3 ((n − 1) / 2 − 1) + 0.8.
 */
export async function unsharpMask(
  picture: Picture,
  { weight, size, threshold }: UnsharpMaskOperation,
  pause: Pause,
): Promise<Picture> {
  const { width, height, pixels } = picture;
  const blurred = await gaussianBlur(picture, size, pause);
  const residual = pixels.map((value, place) => value - (blurred.pixels[place] ?? 0));
  const mask = residual.map((value) => (Math.abs(value) * 255 > threshold ? 1 : 0));
  const soft = await gaussianBlur({ width, height, pixels: mask }, size, pause);
  const sharpened = pixels.map((value, place) => {
    const sharp = Math.min(1, Math.max(0, value + weight * (residual[place] ?? 0)));
    return value + (soft.pixels[place] ?? 0) * (sharp - value);
  });
  return { width, height, pixels: sharpened };
}

async function gaussianBlur(picture: Picture, size: number, pause: Pause): Promise<Picture> {
  const row = gaussianRow(size, 0.3 * ((size - 1) / 2 - 1) + 0.8);
  const across = await correlate(picture, row, pause);
  return correlate(across, { ...row, width: 1, height: size }, pause);
}
