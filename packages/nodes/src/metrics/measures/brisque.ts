import { fitAsymmetric, fitSymmetric } from "./generalised-gaussian.js";
import { localContrast } from "./local-contrast.js";
import type { Plane } from "./plane.js";
import { halved, neighbourShifts, productSums, sumsOf } from "./scene-statistics.js";

/** Smaller pictures have too few pixels at the second scale to fit anything to. */
export const brisqueLeastSide = 16;

/**
 * BRISQUE's 36 features of a luma plane of 0..1. At full and at half size 18 numbers: shape and
 * variance of the generalised Gaussian that fits the MSCN coefficients, then for the products with
 * the right, lower, lower right and upper right neighbour shape, mean, left and right variance.
 * Source: Mittal, Moorthy, Bovik 2012, table I. The edge of a plane is repeated where the window
 * leaves it; products wrap around.
 */
export function brisqueFeatures(plane: Plane): readonly number[] {
  return [plane, halved(plane)].flatMap((scaled) => {
    const contrast = localContrast(scaled);
    const { width, height } = scaled;
    const whole = { contrast, left: 0, top: 0, width, height };
    const { shape, variance } = fitSymmetric(sumsOf(whole));
    const products = neighbourShifts.flatMap((shift) => {
      const fit = fitAsymmetric(productSums(whole, shift));
      return [fit.shape, fit.mean, fit.left ** 2, fit.right ** 2];
    });
    return [shape, variance, ...products];
  });
}

/** Names of the features, in order: `scale1.shape`, ..., `scale2.diagonalUp.right`. */
export const brisqueFeatureNames: readonly string[] = ["scale1", "scale2"].flatMap((scale) => [
  `${scale}.shape`,
  `${scale}.variance`,
  ...["horizontal", "vertical", "diagonalDown", "diagonalUp"].flatMap((direction) =>
    ["shape", "mean", "left", "right"].map((part) => `${scale}.${direction}.${part}`),
  ),
]);

/** The Euclidean distance of two vectors of features; 0 for equal ones. */
export function featureDistance(left: readonly number[], right: readonly number[]): number {
  return Math.hypot(...left.map((value, index) => value - (right[index] ?? 0)));
}
