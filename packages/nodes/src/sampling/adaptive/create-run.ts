import {
  type DenoiserValue,
  DiopterError,
  type LoopPartValue,
  type RunContext,
  type SamplerValue,
} from "@diopter/engine";
import { requireAllTimesteps } from "../loop/known-timesteps.js";
import { createRule } from "../rules/create-rule.js";
import { adaptiveProgram, stepParts } from "./adaptive-program.js";
import { createCodebook } from "./codebook.js";
import { missingGain } from "./create-plan.js";
import { createScorer } from "./gain-meter.js";
import type { AdaptiveRun } from "./run-batch.js";

export interface RunParts {
  readonly denoiser: DenoiserValue;
  readonly gain: LoopPartValue | undefined;
  readonly injection: LoopPartValue | undefined;
  readonly sampler: SamplerValue | undefined;
  readonly seed: number;
}

/** @throws DiopterError where parts are missing or were made for another model. */
export function createAdaptiveRun(
  { denoiser, gain, injection, sampler, seed }: RunParts,
  context: RunContext,
): AdaptiveRun {
  requireAllTimesteps(denoiser);
  if (injection !== undefined && gain === undefined) {
    throw missingGain("injection", "An injection is led by what steps gain.");
  }
  requireChannels(denoiser, "gain", gain, denoiser.channels);
  requireChannels(denoiser, "injection", injection, denoiser.originalChannels);
  const parts = stepParts(gain, injection);
  const rule = createRule(denoiser, sampler);
  const scale = gain?.options.scale;
  return {
    denoiser,
    program: adaptiveProgram(denoiser, parts),
    parts,
    rule,
    codebook: createCodebook(rule),
    score: createScorer(gain, context),
    scale: typeof scale === "number" ? scale : 1,
    seed,
    context,
  };
}

function requireChannels(
  { name }: DenoiserValue,
  port: string,
  part: LoopPartValue | undefined,
  wanted: number,
): void {
  const channels = part?.options.channels;
  if (channels === undefined || channels === wanted) return;
  throw new DiopterError("model/mismatch", {
    message: `The ${port} was made for ${channels} channels; ${name} has ${wanted} there.`,
    remedy: `Load the ${port} that belongs to this denoiser.`,
    port,
  });
}
