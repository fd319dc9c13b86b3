import {
  clampStrength,
  type Resampling,
  type ResamplingFamily,
  resample,
} from "./dense-sampling.js";

/** What a quantity is where nothing varies, at variance 0, and where most does, at 1. */
export interface VarianceRange {
  readonly min: number;
  readonly max: number;
}

/** How each pixel's timesteps are drawn towards both ends, by its variance. */
export interface SpatialResampling {
  readonly family: ResamplingFamily;
  /** N_min and N_max; see {@link Resampling}. */
  readonly strength: VarianceRange;
  /** A_min and A_max, in timesteps. */
  readonly boundary: VarianceRange;
}

/**
 * A pixel's own resampling: n(v) = v·(N_max − N_min) + N_min and a(v) = v·(A_max − A_min) + A_min.
 * @param variance v, 0 to 1.
 * Source: TSS, eq. 4-9, on its spatial sampling.
 */
export function resamplingAt(options: SpatialResampling, variance: number): Resampling {
  return {
    family: options.family,
    strength: between(options.strength, variance),
    boundary: between(options.boundary, variance),
  };
}

// Rounding must not lead past the larger end, where a family may have no strength any more.
function between({ min, max }: VarianceRange, variance: number): number {
  const place = Math.min(Math.max(variance, 0), 1);
  return Math.min(place * (max - min) + min, max);
}

/**
 * The range of strengths, cut off where some pixel's neighbouring timesteps would come closer than
 * 1 for h = T/T'. The gap at the lower end never grows with a and that at the upper end never
 * shrinks, so that both ends of the range of a decide for all within.
 * @throws DiopterError `node/invalid-value` for a strength or boundary outside its range.
 */
export function clampStrengthRange(
  terminal: number,
  steps: number,
  { family, strength, boundary }: SpatialResampling,
): VarianceRange {
  const clamp = (wanted: number) =>
    Math.min(
      clampStrength(terminal, steps, { family, strength: wanted, boundary: boundary.min }),
      clampStrength(terminal, steps, { family, strength: wanted, boundary: boundary.max }),
    );
  return { min: clamp(strength.min), max: clamp(strength.max) };
}

/**
 * Every pixel's own schedule S''(a(v), n(v)): for each of the timesteps given a map of what it
 * becomes. All pixels share the step, start at T and end at 0.
 * @param timesteps in descending order, the first of them T and the last 0.
 * @param variance any number of pixels, each 0 to 1.
 * Source: TSS, eq. 4-9, on its spatial sampling.
 */
export function spatialTimesteps(
  timesteps: readonly number[],
  options: SpatialResampling,
  variance: Float32Array,
): readonly Float32Array[] {
  const [terminal = 0] = timesteps;
  const pixels = Array.from(variance, (v) => resample(terminal, resamplingAt(options, v)));
  return timesteps.map((timestep) => Float32Array.from(pixels, (f) => f(timestep)));
}
