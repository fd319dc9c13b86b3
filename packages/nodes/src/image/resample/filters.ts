/** A resampling filter: its value at a distance in source pixels, and where it becomes 0. */
interface Kernel {
  readonly support: number;
  at(distance: number): number;
}

/**
 * - `bicubic`: Keys' cubic with a = −0.5 (as Pillow, and PyTorch when antialiasing).
 * - `lanczos`: sinc windowed by a sinc of three lobes.
 * - `bilinear`: the triangle.
 * - `area`: each result is the mean of the source area that it covers, fractions included.
 * - `nearest`: each result is the source element on which its centre lies; no antialiasing.
 */
export const resizeFilters = ["bicubic", "lanczos", "bilinear", "area", "nearest"] as const;
export type ResizeFilter = (typeof resizeFilters)[number];

const kernels: Readonly<Record<Exclude<ResizeFilter, "area" | "nearest">, Kernel>> = {
  bicubic: { support: 2, at: keysCubic },
  lanczos: { support: 3, at: (x) => (x < 3 ? sinc(x) * sinc(x / 3) : 0) },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - x) },
};

/** R. Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = −1/2. */
function keysCubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** One row of the resampling matrix: the source elements that a result is made of. */
export interface Taps {
  readonly start: number;
  /** Sum to 1. */
  readonly weights: Float64Array;
}

/**
 * The resampling matrix of one axis, row by row. Centres of pixels lie at halves; the filter is
 * widened when shrinking (antialiasing); what would lie outside does not count.
 */
export function resamplingTaps(
  source: number,
  target: number,
  filter: ResizeFilter,
): readonly Taps[] {
  const scale = source / target;
  const tapsAt = (index: number): Taps => {
    if (filter === "area") return areaTaps(index, scale, source);
    if (filter === "nearest") return nearestTaps(index, scale, source);
    return kernelTaps(kernels[filter], index, scale, source);
  };
  return Array.from({ length: target }, (_, index) => tapsAt(index));
}

function nearestTaps(index: number, scale: number, source: number): Taps {
  const start = Math.min(Math.floor((index + 0.5) * scale), source - 1);
  return { start, weights: Float64Array.of(1) };
}

function kernelTaps(kernel: Kernel, index: number, scale: number, source: number): Taps {
  const widening = Math.max(scale, 1);
  const support = kernel.support * widening;
  const centre = (index + 0.5) * scale;
  const start = Math.max(Math.trunc(centre - support + 0.5), 0);
  const end = Math.min(Math.trunc(centre + support + 0.5), source);
  const weights = Float64Array.from({ length: end - start }, (_, tap) =>
    kernel.at(Math.abs((start + tap - centre + 0.5) / widening)),
  );
  return { start, weights: normalise(weights) };
}

function areaTaps(index: number, scale: number, source: number): Taps {
  const from = index * scale;
  const to = Math.min(from + scale, source);
  const start = Math.min(Math.floor(from), source - 1);
  const end = Math.max(Math.min(Math.ceil(to), source), start + 1);
  const weights = Float64Array.from({ length: end - start }, (_, tap) =>
    Math.max(0, Math.min(to, start + tap + 1) - Math.max(from, start + tap)),
  );
  return { start, weights: normalise(weights) };
}

function normalise(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
