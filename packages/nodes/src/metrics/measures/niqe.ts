import { fitAsymmetric, leastVariance } from "./generalised-gaussian.js";
import { type LocalContrast, localContrast } from "./local-contrast.js";
import type { Plane } from "./plane.js";
import pristine from "./pristine.json" with { type: "json" };
import {
  type ContrastBlock,
  halved,
  neighbourShifts,
  productSums,
  sumsOf,
} from "./scene-statistics.js";
import { type Matrix, pseudoInverseForm } from "./symmetric-matrix.js";

/** Side of a block at full size; smaller pictures have no NIQE. */
export const niqeBlock = 96;

/** A multivariate Gaussian of features. */
export interface FeatureGaussian {
  readonly mean: readonly number[];
  readonly covariance: Matrix;
}

/**
 * What sharp blocks of undistorted photographs look like, fitted on crops of this project's training
 * photographs: scores are not those of the authors' own fit.
 */
export const pristineGaussian: FeatureGaussian = {
  mean: pristine.mean,
  covariance: pristine.mean.map((_, row) =>
    pristine.mean.map((_, column) => {
      const [low, high] = row < column ? [row, column] : [column, row];
      return pristine.covariance[(high * (high + 1)) / 2 + low] ?? 0;
    }),
  ),
};

/**
 * Distance of a luma plane of 0..1 from natural pictures: √(dᵀ·((Σ1 + Σ2)/2)⁺·d), lower is more
 * natural. Columns and rows beyond multiples of 96 and flat blocks are left out.
 * Source: Mittal, Soundararajan, Bovik 2013, eq. 10; constants of the authors' code.
 * @returns NaN where no block is left.
 */
export function naturalness(plane: Plane, natural: FeatureGaussian = pristineGaussian): number {
  const blocks = niqeFeatures(plane);
  if (blocks.length === 0) return Number.NaN;
  const { mean, covariance } = gaussianOf(blocks);
  const pooled = covariance.map((row, y) =>
    row.map((value, x) => (value + (natural.covariance[y]?.[x] ?? 0)) / 2),
  );
  const difference = mean.map((value, index) => value - (natural.mean[index] ?? 0));
  return Math.sqrt(Math.max(0, pseudoInverseForm(pooled, difference)));
}

/** The 36 features of each block of 96×96 that is not flat, row by row. */
export function niqeFeatures(plane: Plane): readonly (readonly number[])[] {
  const columns = Math.floor(plane.width / niqeBlock);
  const rows = Math.floor(plane.height / niqeBlock);
  if (columns * rows === 0) return [];
  const cropped = cropTo(plane, columns * niqeBlock, rows * niqeBlock);
  const scales = [localContrast(cropped), localContrast(halved(cropped))];
  return Array.from({ length: rows * columns }, (_, index) => {
    const blocks = scales.map((contrast, scale) => blockOf(contrast, index, columns, scale + 1));
    return blocks.some(isFlat) ? [] : blocks.flatMap(blockFeatures);
  }).filter((features) => features.length > 0);
}

/** NIQE's 36 features of a plane as a whole, of any size from 16 on, flat or not. */
export function niqeFeaturesOfWhole(plane: Plane): readonly number[] {
  return [plane, halved(plane)].flatMap((scaled) => {
    const contrast = localContrast(scaled);
    return blockFeatures({
      contrast,
      left: 0,
      top: 0,
      width: scaled.width,
      height: scaled.height,
    });
  });
}

function cropTo({ data, width }: Plane, newWidth: number, newHeight: number): Plane {
  const cropped = new Float32Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y += 1) {
    cropped.set(data.subarray(y * width, y * width + newWidth), y * newWidth);
  }
  return { data: cropped, width: newWidth, height: newHeight };
}

function blockOf(
  contrast: LocalContrast,
  index: number,
  columns: number,
  divisor: number,
): ContrastBlock {
  const side = niqeBlock / divisor;
  const left = (index % columns) * side;
  return { contrast, left, top: Math.floor(index / columns) * side, width: side, height: side };
}

function isFlat(block: ContrastBlock): boolean {
  const { squares, count } = sumsOf(block);
  return squares / count < leastVariance;
}

function blockFeatures(block: ContrastBlock): readonly number[] {
  const own = fitAsymmetric(sumsOf(block));
  const products = neighbourShifts.flatMap((shift) => {
    const { shape, mean, left, right, spread } = fitAsymmetric(productSums(block, shift));
    return [shape, mean, left * spread, right * spread];
  });
  return [own.shape, ((own.left + own.right) / 2) * own.spread, ...products];
}

/** Mean and unbiased covariance; a single row has none. */
function gaussianOf(rows: readonly (readonly number[])[]): FeatureGaussian {
  const [first = []] = rows;
  const mean = first.map((_, x) => rows.reduce((sum, row) => sum + (row[x] ?? 0), 0) / rows.length);
  const centred = rows.map((row) => row.map((value, x) => value - (mean[x] ?? 0)));
  const divisor = Math.max(1, rows.length - 1);
  const covariance = mean.map((_, y) =>
    mean.map(
      (_, x) => centred.reduce((sum, row) => sum + (row[y] ?? 0) * (row[x] ?? 0), 0) / divisor,
    ),
  );
  return { mean, covariance };
}
