import { float32Tensor, type LatentValue, type MapValue } from "@diopter/engine";

/** A variance map of one picture. */
export function varianceOf(width: number, height: number, at: (place: number) => number): MapValue {
  const values = Float32Array.from({ length: width * height }, (_, place) => at(place));
  return { values: float32Tensor([1, 1, height, width], values) };
}

/** A latent of zeros, of whose grid alone the test makes use. */
export function emptyLatent(width: number, height: number, downscale: number): LatentValue {
  const samples = float32Tensor([1, 1, height, width], new Float32Array(width * height));
  return { samples, space: "test", downscale };
}

/** Parameters of sampling/sds-schedule. */
export const sdsDefaults = {
  steps: 7,
  family: "polynomial",
  strengthMin: 0,
  strengthMax: 0,
  boundaryMin: 0.4,
  boundaryMax: 0.6,
  terminal: 1000,
} as const;
