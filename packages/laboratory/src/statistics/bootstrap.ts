import { randomIndices } from "./random.js";

/** A mean and the interval in which it lies with 95 % confidence. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const draws = 4000;

/**
 * The mean with its percentile bootstrap interval: 2.5 and 97.5 % quantiles of the means of 4000
 * samples drawn with replacement (Efron 1979). Deterministic. A single value has no spread.
 * @returns undefined for no values.
 */
export function bootstrapMean(values: readonly number[]): Estimate | undefined {
  if (values.length === 0) return undefined;
  const mean = meanOf(values);
  const random = randomIndices(values.length);
  const means = Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw += 1) sum += values[random(values.length)] ?? 0;
    return sum / values.length;
  }).sort();
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975), count: values.length };
}

/** The arithmetic mean. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** The quantile of sorted values, neighbours weighted linearly (NumPy's default). */
export function quantile(sorted: Float64Array, part: number): number {
  const place = part * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return below + (place - Math.floor(place)) * (above - below);
}
