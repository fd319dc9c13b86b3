import type { Plane } from "./plane.js";

/** Side of the window; pictures smaller than it have no SSIM. */
export const ssimWindow = 11;

const sigma = 1.5;
const stabilityMean = 0.01 ** 2;
const stabilityVariance = 0.03 ** 2;

const kernel = gaussianKernel();

/** Means of one row under the window's row weights: x, y, x², y², xy. */
type FilteredRow = readonly Float64Array[];

/**
 * Structural similarity for values of 0..1: 11×11 Gaussian window of σ 1.5, K1 = 0.01, K2 = 0.03,
 * the mean over all places where the window lies inside. Needs memory for 11 rows.
 * Source: Wang, Bovik, Sheikh, Simoncelli 2004, eq. 13.
 * @returns NaN when the planes are smaller than the window.
 */
export function structuralSimilarity(left: Plane, right: Plane): number {
  const { width, height } = left;
  const columns = width - ssimWindow + 1;
  const rows = height - ssimWindow + 1;
  if (columns < 1 || rows < 1) return Number.NaN;
  const recent: FilteredRow[] = [];
  let sum = 0;
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    const row = left.data.subarray(start, start + width);
    recent.push(filterRow(row, right.data.subarray(start, start + width), columns));
    if (recent.length < ssimWindow) continue;
    sum += similarityOfRow(recent, columns);
    recent.shift();
  }
  return sum / (columns * rows);
}

function gaussianKernel(): Float64Array {
  const middle = (ssimWindow - 1) / 2;
  const weights = Float64Array.from({ length: ssimWindow }, (_, tap) =>
    Math.exp(-((tap - middle) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function filterRow(left: Float32Array, right: Float32Array, columns: number): FilteredRow {
  const means = Array.from({ length: 5 }, () => new Float64Array(columns));
  const [meanX, meanY, meanXX, meanYY, meanXY] = means;
  if (!meanX || !meanY || !meanXX || !meanYY || !meanXY) return means;
  for (let column = 0; column < columns; column += 1) {
    let x = 0;
    let y = 0;
    let xx = 0;
    let yy = 0;
    let xy = 0;
    for (let tap = 0; tap < ssimWindow; tap += 1) {
      const weight = kernel[tap] ?? 0;
      const a = left[column + tap] ?? 0;
      const b = right[column + tap] ?? 0;
      x += weight * a;
      y += weight * b;
      xx += weight * a * a;
      yy += weight * b * b;
      xy += weight * a * b;
    }
    meanX[column] = x;
    meanY[column] = y;
    meanXX[column] = xx;
    meanYY[column] = yy;
    meanXY[column] = xy;
  }
  return means;
}

function similarityOfRow(rows: readonly FilteredRow[], columns: number): number {
  const [x, y, xx, yy, xy] = [0, 1, 2, 3, 4].map((mean) => combineRows(rows, mean, columns));
  if (!x || !y || !xx || !yy || !xy) return 0;
  let sum = 0;
  for (let column = 0; column < columns; column += 1) {
    const meanX = x[column] ?? 0;
    const meanY = y[column] ?? 0;
    const product = meanX * meanY;
    const squares = meanX * meanX + meanY * meanY;
    const covariance = (xy[column] ?? 0) - product;
    const variances = (xx[column] ?? 0) + (yy[column] ?? 0) - squares;
    sum +=
      ((2 * product + stabilityMean) * (2 * covariance + stabilityVariance)) /
      ((squares + stabilityMean) * (variances + stabilityVariance));
  }
  return sum;
}

function combineRows(rows: readonly FilteredRow[], mean: number, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  rows.forEach((row, tap) => {
    const weight = kernel[tap] ?? 0;
    const values = row[mean] ?? sums;
    for (let column = 0; column < columns; column += 1) {
      sums[column] = (sums[column] ?? 0) + weight * (values[column] ?? 0);
    }
  });
  return sums;
}
