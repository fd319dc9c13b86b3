import { blur } from "./blur.js";
import { clampPixels, type Pause, type Picture, roundToBytes } from "./degraded-picture.js";
import { compress } from "./jpeg.js";
import { addNoise } from "./noise.js";
import type { Operation, Recipe } from "./recipe.js";
import { resizePicture } from "./resize.js";
import { unsharpMask } from "./unsharp-mask.js";

export interface DegradeOptions {
  /** Aborted: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** False keeps the result as it is after the last operation; true by default: 8 bits. */
  readonly round?: boolean;
  /** Told after each operation. */
  readonly onOperation?: (done: number, total: number) => void;
}

/**
 * Applies a recipe to one picture. The same picture and recipe give the same result on every
 * machine, and the same as Python's `apply_recipe` to 1e-5 before JPEG and rounding; where a value
 * lies within that of a half, the rounded byte may differ by one.
 *
 * Values are clamped to 0..1 after each operation. The picture itself is left as it is. The
 * recipe's own numbers are taken as they are: one that comes from outside goes through
 * {@link readRecipe} first.
 *
 * @param picture - planar RGB, 3 × height × width, sRGB-encoded, 0 to 1.
 * @throws DiopterError `image/too-large` when JPEG cannot hold the picture.
 */
export async function degrade(
  picture: Picture,
  recipe: Recipe,
  options: DegradeOptions = {},
): Promise<Picture> {
  const { signal, round = true, onOperation } = options;
  const pause: Pause = async () => {
    signal?.throwIfAborted();
    await new Promise((resume) => setImmediate(resume));
  };
  let current: Picture = { ...picture, pixels: picture.pixels.slice() };
  for (const [index, operation] of recipe.operations.entries()) {
    await pause();
    current = await applyOperation(current, recipe.seed, operation, pause);
    clampPixels(current.pixels);
    onOperation?.(index + 1, recipe.operations.length);
  }
  return round ? roundToBytes(current) : current;
}

async function applyOperation(
  picture: Picture,
  seed: number,
  operation: Operation,
  pause: Pause,
): Promise<Picture> {
  switch (operation.kind) {
    case "blur":
      return blur(picture, operation, pause);
    case "resize":
      return resizePicture(picture, operation);
    case "gaussian-noise":
    case "poisson-noise":
      return addNoise(picture, seed, operation, pause);
    case "jpeg":
      return compress(picture, operation);
    case "unsharp-mask":
      return unsharpMask(picture, operation, pause);
  }
}
