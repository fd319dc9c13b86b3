import {
  type DenoiserValue,
  float32Tensor,
  gaussianNoise,
  type RunContext,
  type Tensor,
  type TensorProgram,
} from "@diopter/engine";
import { requireFloat32 } from "../../latent/grid-pass.js";
import { stopIfCancelled } from "../../latent/tile-layout.js";
import type { Region } from "./region.js";
import { stepProgram } from "./step-program.js";
import type { Timeline } from "./timeline.js";

/** What stays the same over all steps and tiles of one picture. */
export interface SamplingRun {
  readonly denoiser: DenoiserValue;
  readonly program: TensorProgram;
  readonly timeline: Timeline;
  readonly seed: number;
  readonly context: RunContext;
}

/** The state after a step, and what the denoiser held the clean latent to be. */
export interface StepResult {
  readonly next: Tensor<"float32">;
  readonly clean: Tensor<"float32">;
}

export function createRun(parts: Omit<SamplingRun, "program">): SamplingRun {
  return { ...parts, program: stepProgram(parts.denoiser, parts.timeline.perPixel) };
}

/**
 * x_T of a region, [1, C, h, w]. Noise depends on seed, step and the place in the whole latent, so
 * that tiles begin as the whole does. The start draws step 0; step k of the loop draws k + 1.
 * @param original the region's features, of which the first C channels are the latent.
 */
export function startState(
  { timeline, seed, denoiser }: SamplingRun,
  region: Region,
  original: Float32Array,
): Tensor<"float32"> {
  const { channels } = denoiser;
  const { fromOriginal, fromNoise } = timeline.start;
  const noise = gaussianNoise({ seed, step: 0, channels, region });
  const state = noise.map((z, index) => fromOriginal * (original[index] ?? 0) + fromNoise * z);
  return float32Tensor([1, channels, region.height, region.width], state);
}

/**
 * One step of a region. Neither `sample` nor `original` is disposed.
 * @param index the step, from 0.
 * @throws DiopterError `run/cancelled`, `device/out-of-memory`, `device/failed`.
 */
export async function runStep(
  { denoiser, program, timeline, seed, context }: SamplingRun,
  index: number,
  region: Region,
  sample: Tensor<"float32">,
  original: Tensor<"float32">,
): Promise<StepResult> {
  stopIfCancelled(context.signal);
  const { channels } = denoiser;
  const { tensors, isNoisy } = timeline.stepInputs(index, region);
  const drawn = isNoisy
    ? gaussianNoise({ seed, step: index + 1, channels, region })
    : new Float32Array(channels * region.height * region.width);
  const noise = float32Tensor([1, channels, region.height, region.width], drawn);
  const inputs = { ...tensors, sample, original, noise };
  const { next, clean } = await context.device.run(program, inputs, { signal: context.signal });
  return { next: requireFloat32(next), clean: requireFloat32(clean) };
}
