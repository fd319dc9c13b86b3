import type { Plane } from "./plane.js";

/** What equal pictures get, whose ratio is infinite: 10·log10(1/1e-10). */
export const highestPsnr = 100;

/**
 * Peak signal-to-noise ratio in dB for values of 0..1: 10·log10(1/MSE), the mean taken over all
 * planes, at most 100.
 */
export function peakSignalToNoise(left: readonly Plane[], right: readonly Plane[]): number {
  let sum = 0;
  let count = 0;
  left.forEach(({ data }, plane) => {
    sum += squaredDifference(data, right[plane]?.data ?? new Float32Array(0));
    count += data.length;
  });
  return Math.min(highestPsnr, -10 * Math.log10(sum / count));
}

function squaredDifference(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) {
    sum += ((left[place] ?? 0) - (right[place] ?? 0)) ** 2;
  }
  return sum;
}
