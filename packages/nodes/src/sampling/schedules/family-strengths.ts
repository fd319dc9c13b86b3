import type { ResamplingFamily } from "./dense-sampling.js";

/** The strengths that a family of resampling functions has. */
export interface StrengthLimits {
  /** At which it is the identity: schedules stay uniform. */
  readonly uniform: number;
  readonly most: number;
}

export const strengthLimits: Readonly<Record<ResamplingFamily, StrengthLimits>> = {
  polynomial: { uniform: 1, most: Number.POSITIVE_INFINITY },
  exponential: { uniform: 0, most: Number.POSITIVE_INFINITY },
  trigonometric: { uniform: 0, most: 1 },
};

/**
 * The strength that suits textured places: that of a polynomial of n = 2 up to 20 steps, of 1.3 from
 * 100 on, linear in the logarithm of the steps between.
 * Source: this project's choice; TSS gives no number.
 */
export function suitableStrength(family: ResamplingFamily, steps: number): number {
  const place = Math.log(steps / 20) / Math.log(100 / 20);
  return matchingStrength(family, 2 - 0.7 * Math.min(Math.max(place, 0), 1));
}

/**
 * The strength at which a family's curve passes through the polynomial's middle, g(1/2) = 2⁻ⁿ:
 * c = 2·ln(2ⁿ − 1), and w = (1/2 − 2⁻ⁿ)/(√½ − 1/2), at most 1.
 * @param exponent the polynomial's n, at least 1.
 */
export function matchingStrength(family: ResamplingFamily, exponent: number): number {
  if (family === "polynomial") return exponent;
  if (family === "exponential") return 2 * Math.log(2 ** exponent - 1);
  return Math.min(1, (0.5 - 2 ** -exponent) / (Math.SQRT1_2 - 0.5));
}
