import {
  createNoiseSource,
  type DenoiserValue,
  float32Tensor,
  gaussianNoise,
  type NoiseRequest,
  type NoiseSource,
  type RunContext,
  type Tensor,
  type TensorProgram,
} from "@diopter/engine";
import { requireFloat32 } from "../../latent/grid-pass.js";
import { stopIfCancelled } from "../../latent/tile-layout.js";
import { requireKnownTimesteps } from "./known-timesteps.js";
import type { Region } from "./region.js";
import { stepProgram } from "./step-program.js";
import type { Timeline } from "./timeline.js";

/** What stays the same over all steps and tiles of one picture. */
export interface SamplingRun {
  readonly denoiser: DenoiserValue;
  readonly program: TensorProgram;
  readonly timeline: Timeline;
  readonly seed: number;
  readonly noise: NoiseSource;
  readonly context: RunContext;
}

/** The state after a step, and what the denoiser held the clean latent to be. */
export interface StepResult {
  readonly next: Tensor<"float32">;
  readonly clean: Tensor<"float32">;
}

/** @throws DiopterError `model/mismatch` for a denoiser that does not know these timesteps. */
export function createRun(parts: Omit<SamplingRun, "program" | "noise">): SamplingRun {
  requireKnownTimesteps(parts.denoiser, parts.timeline.steps);
  const program = stepProgram(parts.denoiser, parts.timeline.perPixel);
  return { ...parts, program, noise: createNoiseSource() };
}

/**
 * Says which step will be run soon: its noise is drawn while the device is busy with the one
 * before, which changes no number. Steps after the last are nobody's.
 */
export function expectStep(run: SamplingRun, index: number, region: Region): void {
  const { timeline, noise } = run;
  if (index >= timeline.steps || !timeline.isLikelyNoisy(index, region)) return;
  noise.expect(stepNoise(run, index, region));
}

function stepNoise({ seed, denoiser }: SamplingRun, index: number, region: Region): NoiseRequest {
  return { seed, step: index + 1, channels: denoiser.channels, region };
}

/**
 * x_T of a region, [1, C, h, w]. Noise depends on seed, step and the place in the whole latent, so
 * that tiles begin as the whole does. The start draws step 0; step k of the loop draws k + 1.
 * Denoisers fixed to T may begin with less noise, or none.
 * @param original the region's features, of which the first C channels are the latent.
 */
export function startState(
  { timeline, seed, denoiser }: SamplingRun,
  region: Region,
  original: Float32Array,
): Tensor<"float32"> {
  const { channels } = denoiser;
  const { fromOriginal } = timeline.start;
  const fromNoise = timeline.start.fromNoise * (denoiser.fixed?.noise ?? 1);
  const size = channels * region.width * region.height;
  const state =
    fromNoise === 0 ? new Float32Array(size) : gaussianNoise({ seed, step: 0, channels, region });
  for (let index = 0; index < state.length; index += 1) {
    state[index] = fromOriginal * (original[index] ?? 0) + fromNoise * (state[index] ?? 0);
  }
  return float32Tensor([1, channels, region.height, region.width], state);
}

/**
 * One step of a region. Neither `sample` nor `original` is disposed.
 * @param index the step, from 0.
 * @throws DiopterError `run/cancelled`, `device/out-of-memory`, `device/failed`.
 */
export async function runStep(
  run: SamplingRun,
  index: number,
  region: Region,
  sample: Tensor<"float32">,
  original: Tensor<"float32">,
): Promise<StepResult> {
  const { denoiser, program, timeline, context } = run;
  stopIfCancelled(context.signal);
  const { channels } = denoiser;
  const { tensors, isNoisy } = timeline.stepInputs(index, region);
  const drawn = isNoisy
    ? await run.noise.draw(stepNoise(run, index, region))
    : new Float32Array(channels * region.height * region.width);
  const noise = float32Tensor([1, channels, region.height, region.width], drawn);
  const inputs = { ...tensors, sample, original, noise };
  const { next, clean } = await context.device.run(program, inputs, { signal: context.signal });
  return { next: requireFloat32(next), clean: requireFloat32(clean) };
}
