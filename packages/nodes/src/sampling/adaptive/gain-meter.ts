import {
  DiopterError,
  float32Tensor,
  type LoopPartValue,
  moduleProgram,
  type RunContext,
  type TensorProgram,
} from "@diopter/engine";
import { type MetricWeights, scoreLatent, scorePicture } from "../../gain/scores.js";
import { requireFloat32 } from "../../latent/grid-pass.js";
import type { Gain } from "./policy.js";

/** An estimate and its original's latent, each [C, h, w]. */
export interface Estimate {
  readonly clean: Float32Array;
  readonly original: Float32Array;
}

/** The size of every estimate. */
export interface EstimateSize {
  readonly channels: number;
  readonly width: number;
  readonly height: number;
}

/** Computes the quality of estimates outside the step's session. */
export type ScoreEstimates = (
  estimates: readonly Estimate[],
  size: EstimateSize,
) => Promise<readonly Gain[]>;

/** Scores by metrics, where the gain is one that does; the others work inside the session. */
export function createScorer(
  gain: LoopPartValue | undefined,
  context: Pick<RunContext, "device" | "signal">,
): ScoreEstimates | undefined {
  if (gain?.kind !== "metrics") return undefined;
  const weights = readWeights(gain);
  const { decoder } = gain.modules;
  if (decoder === undefined) {
    return async (estimates, { width, height }) =>
      estimates.map(({ clean, original }) =>
        scoreLatent({ data: clean, width, height }, { data: original, width, height }, weights),
      );
  }
  const known = new WeakMap<Float32Array, Float32Array>();
  return async (estimates, size) => {
    const program = moduleProgram(decoder, { latent: ["batch", size.channels, "height", "width"] });
    const decoded = (latent: Float32Array) => decode(program, latent, size, context);
    const scores: Gain[] = [];
    for (const { clean, original } of estimates) {
      const reference = known.get(original) ?? (await decoded(original)).data;
      known.set(original, reference);
      const picture = await decoded(clean);
      scores.push(scorePicture(picture, { ...picture, data: reference }, weights));
    }
    return scores;
  };
}

async function decode(
  program: TensorProgram,
  latent: Float32Array,
  { channels, width, height }: EstimateSize,
  { device, signal }: Pick<RunContext, "device" | "signal">,
): Promise<{ readonly data: Float32Array; readonly width: number; readonly height: number }> {
  const input = float32Tensor([1, channels, height, width], latent);
  const { image } = await device.run(program, { latent: input }, { signal });
  const tensor = requireFloat32(image);
  const pixels = await tensor.read();
  tensor.dispose();
  const [, , rows = 1, columns = 1] = tensor.shape;
  const data = pixels.map((value) => Math.min(Math.max(value, 0), 1));
  return { data, width: columns, height: rows };
}

function readWeights({ options }: LoopPartValue): MetricWeights {
  const weight = (name: keyof MetricWeights): number => {
    const value = options[name];
    if (typeof value === "number") return value;
    throw new DiopterError("node/invalid-value", {
      message: `The gain has no weight for ${name}.`,
      remedy: "Wire gain/metrics.",
      port: "gain",
    });
  };
  return {
    psnr: weight("psnr"),
    ssim: weight("ssim"),
    nlpd: weight("nlpd"),
    gmsd: weight("gmsd"),
    niqe: weight("niqe"),
    brisque: weight("brisque"),
  };
}

/** tanh of the difference of two scores, part by part (AdaDiffSR, eq. 1). */
export function gainBetween(after: Gain, before: Gain, scale: number): Gain {
  return {
    fullReference: Math.tanh(scale * (after.fullReference - before.fullReference)),
    noReference: Math.tanh(scale * (after.noReference - before.noReference)),
  };
}
