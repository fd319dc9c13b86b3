import { resample } from "../../image/resample/index.js";
import type { SampleSums } from "./generalised-gaussian.js";
import type { LocalContrast } from "./local-contrast.js";
import type { Plane } from "./plane.js";

/** A rectangle of MSCN coefficients. */
export interface ContrastBlock {
  readonly contrast: LocalContrast;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How far right and down the neighbour lies that each coefficient is multiplied by. */
export type Shift = readonly [number, number];

/** Horizontal, vertical and both diagonals: NIQE's and BRISQUE's order. */
export const neighbourShifts: readonly Shift[] = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
];

/** Half as wide and as high, rounded up; bicubic, antialiased. */
export function halved({ data, width, height }: Plane): Plane {
  const targetWidth = Math.ceil(width / 2);
  const targetHeight = Math.ceil(height / 2);
  const sizes = { width, height, targetWidth, targetHeight };
  return { data: resample(data, sizes, "bicubic"), width: targetWidth, height: targetHeight };
}

/** Sums over the block's coefficients. */
export function sumsOf(block: ContrastBlock): SampleSums {
  return gather(block, ({ contrast }, place) => contrast.values[place] ?? 0);
}

/** Sums over the products with neighbours; the block's edges meet, as in the authors' code. */
export function productSums(block: ContrastBlock, [across, down]: Shift): SampleSums {
  const { left, top, width, height } = block;
  const { values, width: stride } = block.contrast;
  return gather(block, (_, place, x, y) => {
    const row = top + ((y + down + height) % height);
    const column = left + ((x + across) % width);
    return (values[place] ?? 0) * (values[row * stride + column] ?? 0);
  });
}

function gather(
  block: ContrastBlock,
  valueAt: (block: ContrastBlock, place: number, x: number, y: number) => number,
): SampleSums {
  let absolute = 0;
  let negatives = 0;
  let negativeSquares = 0;
  let positives = 0;
  let positiveSquares = 0;
  for (let y = 0; y < block.height; y += 1) {
    const start = (block.top + y) * block.contrast.width + block.left;
    for (let x = 0; x < block.width; x += 1) {
      const value = valueAt(block, start + x, x, y);
      absolute += Math.abs(value);
      if (value < 0) {
        negatives += 1;
        negativeSquares += value * value;
      } else if (value > 0) {
        positives += 1;
        positiveSquares += value * value;
      }
    }
  }
  const count = block.width * block.height;
  const squares = negativeSquares + positiveSquares;
  return { count, absolute, squares, negatives, negativeSquares, positives, positiveSquares };
}
