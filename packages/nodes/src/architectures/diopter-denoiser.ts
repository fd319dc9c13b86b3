import type { DenoiserValue, TensorModule } from "@diopter/engine";
import { GraphBuilder, type GraphScope, type Value } from "@diopter/onnx";
import { type BlockMask, countParameters, denoiserBody, keptBlocks } from "./denoiser-body.js";
import { readPrediction, readProcess } from "./denoiser-config.js";
import { convolution } from "./layers.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import { valueModulation } from "./modulation.js";
import { streamliningOf } from "./streamline.js";
import { timeEmbedding } from "./time-embedding.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

const family = "diopter-denoiser";

/** What may be asked for besides the weights. */
export interface DenoiserOptions {
  readonly mask?: BlockMask;
}

/**
 * The denoiser that ships: isotropic residual blocks with adaLN-Zero (DiT, section 3.2, with a
 * 3 × 3 convolution in the place of attention) on the latent grid, fully convolutional. It predicts
 * what the clean latent has beyond the original's.
 */
export const diopterDenoiser: ModelFamily<DenoiserValue, DenoiserOptions> = {
  name: family,
  matches: (checkpoint) =>
    matchesFamily(checkpoint, family, {
      "stem.weight": 4,
      "time.0.weight": 4,
      "blocks.0.modulation.weight": 4,
      "blocks.0.mix.weight": 4,
      "final.modulation.weight": 4,
    }),
  load(checkpoint, { mask }) {
    const kept = keptBlocks(checkpoint.weights, mask);
    const base = describeDenoiser(checkpoint, kept);
    const denoiser: DenoiserValue = {
      ...base,
      network: networkModule(checkpoint, kept),
      streamlining: streamliningOf(family, checkpoint, kept, base),
    };
    tryOut(denoiser);
    return denoiser;
  },
};

/** All that a denoiser's metadata and shapes tell. */
export function describeDenoiser(
  checkpoint: Checkpoint,
  kept: readonly number[],
): Omit<DenoiserValue, "network"> {
  const { weights, file, config, name } = checkpoint;
  const channels = weights.shape("head.weight")[0] ?? 0;
  return {
    name,
    space: file.metadata.get("space") ?? "diopter",
    channels,
    originalChannels: (weights.shape("stem.weight")[1] ?? 0) - channels,
    process: readProcess(config.process),
    prediction: readPrediction(config.prediction),
    parameters: countParameters(checkpoint, kept),
  };
}

/** Builds the network once, so that what is missing or does not fit is told now. */
export function tryOut({ network, channels, originalChannels }: DenoiserValue): void {
  const trial = new GraphBuilder({ name: "trial" });
  network.build(trial, {
    sample: trial.input("sample", "float32", [1, channels, "h", "w"]),
    timestep: trial.input("timestep", "float32", [1, 1, 1, 1]),
    original: trial.input("original", "float32", [1, originalChannels, "h", "w"]),
  });
}

function networkModule({ weights, hash }: Checkpoint, kept: readonly number[]): TensorModule {
  const key = `${family} ${hash} blocks ${kept.join(",")}`;
  return denoiserBody(key, weights, kept, (g, timestep) => {
    const embedding = timeEmbedding(g.scope("time"), timestep, weights.at("time"));
    const [shift, scale] = modulation(g.scope("final"), embedding, weights.at("final"), 2);
    return {
      block: (index) => {
        const block = weights.at("blocks").at(`${index}`);
        const values = modulation(g.scope(`blocks.${index}`), embedding, block, 6);
        const [shift1, scale1, gate1, shift2, scale2, gate2] = values;
        return {
          mix: valueModulation(shift1, scale1, gate1),
          mlp: valueModulation(shift2, scale2, gate2),
        };
      },
      final: valueModulation(shift, scale),
    };
  });
}

/** Shifts, scales and gates [N, C, 1 or h, 1 or w] from the time embedding. */
function modulation(
  g: GraphScope,
  embedding: Features,
  weights: Weights,
  parts: number,
): readonly Features[] {
  return g.split(convolution(g, embedding, weights.at("modulation")), parts, 1);
}
