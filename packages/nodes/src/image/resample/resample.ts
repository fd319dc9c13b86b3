import { type ResizeFilter, resamplingTaps, type Taps } from "./filters.js";

/** Sizes of one plane before and after. */
export interface ResampleSizes {
  readonly width: number;
  readonly height: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
}

/** Resamples planes of one size; made once, used for each plane. */
export type Resampler = (plane: Float32Array, target: Float32Array) => void;

/**
 * Prepares the two passes of a separable resampling, in float, the cheaper pass first. The matrices
 * are sparse, a few weights a row, so that this costs far less than dense products on a device.
 * Values are not clamped: bicubic and Lanczos overshoot at edges.
 */
export function createResampler(sizes: ResampleSizes, filter: ResizeFilter): Resampler {
  const { width, height, targetWidth, targetHeight } = sizes;
  const across = resamplingTaps(width, targetWidth, filter);
  const down = resamplingTaps(height, targetHeight, filter);
  const flatAcross = flatten(across);
  const widthFirst = height * tapCount(across) + targetWidth * tapCount(down);
  const heightFirst = width * tapCount(down) + targetHeight * tapCount(across);
  if (widthFirst <= heightFirst) {
    const between = new Float32Array(targetWidth * height);
    return (plane, target) => {
      resampleRows(plane, width, flatAcross, between);
      resampleColumns(between, targetWidth, down, target);
    };
  }
  const between = new Float32Array(width * targetHeight);
  return (plane, target) => {
    resampleColumns(plane, width, down, between);
    resampleRows(between, width, flatAcross, target);
  };
}

/** Resamples all planes of an array at once: planes × height × width. */
export function resample(
  data: Float32Array,
  sizes: ResampleSizes,
  filter: ResizeFilter,
): Float32Array {
  const sourceSize = sizes.width * sizes.height;
  const targetSize = sizes.targetWidth * sizes.targetHeight;
  const planes = data.length / sourceSize;
  const result = new Float32Array(planes * targetSize);
  const resampler = createResampler(sizes, filter);
  for (let plane = 0; plane < planes; plane += 1) {
    const source = data.subarray(plane * sourceSize, (plane + 1) * sourceSize);
    resampler(source, result.subarray(plane * targetSize, (plane + 1) * targetSize));
  }
  return result;
}

function tapCount(taps: readonly Taps[]): number {
  return taps.reduce((count, { weights }) => count + weights.length, 0);
}

/** Changes the width: each row of `plane` times the transposed matrix. */
function resampleRows(
  plane: Float32Array,
  width: number,
  { starts, counts, weights, most }: FlatTaps,
  target: Float32Array,
): void {
  const rows = plane.length / width;
  const columns = starts.length;
  let to = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let x = 0; x < columns; x += 1) {
      const from = row * width + (starts[x] ?? 0);
      const first = x * most;
      const count = counts[x] ?? 0;
      let sum = 0;
      for (let tap = 0; tap < count; tap += 1) {
        sum += (weights[first + tap] ?? 0) * (plane[from + tap] ?? 0);
      }
      target[to] = sum;
      to += 1;
    }
  }
}

/** The same matrix in three arrays, which a loop over pixels reads without following objects. */
interface FlatTaps {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** `most` places for each result, of which its count is used. */
  readonly weights: Float64Array;
  readonly most: number;
}

function flatten(taps: readonly Taps[]): FlatTaps {
  const counts = Int32Array.from(taps, ({ weights }) => weights.length);
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  const weights = new Float64Array(taps.length * most);
  taps.forEach((one, index) => {
    weights.set(one.weights, index * most);
  });
  return { starts: Int32Array.from(taps, ({ start }) => start), counts, weights, most };
}

/** Changes the height: the matrix times `plane`, whole rows at a time. */
function resampleColumns(
  plane: Float32Array,
  width: number,
  taps: readonly Taps[],
  target: Float32Array,
): void {
  const sums = new Float64Array(width);
  for (const [y, { start, weights }] of taps.entries()) {
    const row = target.subarray(y * width, (y + 1) * width);
    if (weights.length === 4) {
      blendFourRows(plane, start * width, weights, row);
      continue;
    }
    sums.fill(0);
    for (let tap = 0; tap < weights.length; tap += 1) {
      addScaled(sums, plane, (start + tap) * width, weights[tap] ?? 0);
    }
    row.set(sums);
  }
}

/** What enlarging by a cubic filter comes to in all rows but the outermost. */
function blendFourRows(
  plane: Float32Array,
  first: number,
  weights: Float64Array,
  target: Float32Array,
): void {
  const width = target.length;
  const [a = 0, b = 0, c = 0, d = 0] = weights;
  const [second, third, fourth] = [first + width, first + 2 * width, first + 3 * width];
  for (let x = 0; x < width; x += 1) {
    target[x] =
      a * (plane[first + x] ?? 0) +
      b * (plane[second + x] ?? 0) +
      c * (plane[third + x] ?? 0) +
      d * (plane[fourth + x] ?? 0);
  }
}

function addScaled(sums: Float64Array, plane: Float32Array, from: number, weight: number): void {
  for (let x = 0; x < sums.length; x += 1) {
    sums[x] = (sums[x] ?? 0) + weight * (plane[from + x] ?? 0);
  }
}
