import {
  type DenoiserValue,
  float32Tensor,
  type ImageValue,
  type LatentValue,
} from "@diopter/engine";
import { diopterDenoiser } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { goldenPath } from "./golden-cases.js";

/** Parameters of sampling/sample for small latents. */
export const sampleDefaults = {
  steps: 5,
  seed: 7,
  tile: 192,
  overlap: 32,
  blend: "every step",
} as const;

/** The optional inputs of sampling/sample, all of them left out. */
export const nothingWired = { picture: undefined, schedule: undefined, sampler: undefined };

/** The tiny denoiser of the golden values, of the residual-shift process. */
export async function tinyDenoiser(): Promise<DenoiserValue> {
  const checkpoint = await readCheckpoint(goldenPath("denoiser.safetensors"));
  return buildModel(checkpoint, [diopterDenoiser], {});
}

/** Latents of any size for the tiny denoiser, and the pictures that belong to them. */
export function wavyOriginal(
  width: number,
  height: number,
  batch = 1,
): { readonly original: LatentValue; readonly picture: ImageValue } {
  const wave = (index: number) => Math.sin(index * 0.37) * Math.cos(index * 0.011);
  const area = batch * width * height;
  const samples = Float32Array.from({ length: 4 * area }, (_, index) => wave(index));
  const pixels = Float32Array.from({ length: 12 * area }, (_, index) => 0.5 + 0.4 * wave(index));
  return {
    original: {
      samples: float32Tensor([batch, 4, height, width], samples),
      space: "diopter",
      downscale: 8,
    },
    picture: { pixels: float32Tensor([batch, 3, 2 * height, 2 * width], pixels) },
  };
}
