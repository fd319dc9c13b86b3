/** What a patch of a picture is like, by the variance of its luma. */
export const patchClasses = ["smooth", "medium", "textured"] as const;
export type PatchClass = (typeof patchClasses)[number];

const mediumFrom = 0.01;
const texturedFrom = 0.03;

/**
 * The class of a 128×128 patch by its variance on 0..1. The bounds cut the patches of the training
 * photographs into about three equal parts.
 */
export function patchClass(variance: number): PatchClass {
  if (variance < mediumFrom) return "smooth";
  return variance < texturedFrom ? "medium" : "textured";
}

/** The mean squared distance from the mean. */
export function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
