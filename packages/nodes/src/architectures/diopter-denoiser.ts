import type { DenoiserValue, TensorModule } from "@diopter/engine";
import { GraphBuilder, type GraphScope, type Value } from "@diopter/onnx";
import { readPrediction, readProcess } from "./denoiser-config.js";
import { channelNorm, convolution } from "./layers.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import { timeEmbedding } from "./time-embedding.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

const family = "diopter-denoiser";

/** What may be asked for besides the weights. */
export interface DenoiserOptions {
  /** Which blocks run, one entry a block; all where absent (TinySR, depth pruning). */
  readonly mask?: readonly boolean[] | undefined;
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
  load(checkpoint, options) {
    const { weights, file, config } = checkpoint;
    const channels = weights.shape("head.weight")[0] ?? 0;
    const originalChannels = (weights.shape("stem.weight")[1] ?? 0) - channels;
    const denoiser: DenoiserValue = {
      name: checkpoint.name,
      space: file.metadata.get("space") ?? "diopter",
      channels,
      originalChannels,
      process: readProcess(config.process),
      prediction: readPrediction(config.prediction),
      parameters: countParameters(checkpoint, options.mask),
      network: networkModule(checkpoint, channels, options),
    };
    const trial = new GraphBuilder({ name: "trial" });
    denoiser.network.build(trial, {
      sample: trial.input("sample", "float32", [1, channels, "h", "w"]),
      timestep: trial.input("timestep", "float32", [1, 1, 1, 1]),
      original: trial.input("original", "float32", [1, originalChannels, "h", "w"]),
    });
    return denoiser;
  },
};

function networkModule(
  { weights, hash }: Checkpoint,
  channels: number,
  { mask }: DenoiserOptions,
): TensorModule {
  const blocks = keptBlocks(weights, mask);
  return {
    key: `${family} ${hash} blocks ${blocks.join(",")}`,
    build: (graph, { sample, timestep, original }) => {
      if (sample === undefined || timestep === undefined || original === undefined) {
        throw new RangeError("The denoiser needs sample, timestep and original.");
      }
      const g = graph.scope("denoiser");
      const embedding = timeEmbedding(g.scope("time"), timestep, weights.at("time"));
      const stem = convolution(g, g.concat([sample, original], 1), weights.at("stem"));
      const features = blocks.reduce((before, index) => {
        const block = weights.at("blocks").at(String(index));
        const scope = g.scope(`blocks.${index}`);
        return adaptiveBlock(scope, before, modulation(scope, embedding, block, 6), block);
      }, stem);
      const [shift, scale] = modulation(g.scope("final"), embedding, weights.at("final"), 2);
      const last = modulate(g, channelNorm(g, features), shift, scale);
      const residual = convolution(g, last, weights.at("head"));
      const [latent = original] = g.split(
        original,
        [channels, originalRest(original, channels)],
        1,
      );
      return { prediction: g.add(latent, residual) };
    },
  };
}

function originalRest(original: Features, channels: number): number {
  const total = original.shape[1];
  if (typeof total === "number") return total - channels;
  throw new RangeError("The number of the original's channels must be known.");
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

/**
 * x + gate1·mix(norm(x)(1 + scale1) + shift1), then the same around the MLP with the second three.
 * @param values shift, scale and gate of the convolution, then those of the MLP, from wherever.
 */
function adaptiveBlock(
  g: GraphScope,
  x: Features,
  values: readonly Features[],
  weights: Weights,
): Features {
  const [shift1, scale1, gate1, shift2, scale2, gate2] = values;
  const mixed = convolution(g, modulate(g, channelNorm(g, x), shift1, scale1), weights.at("mix"));
  const middle = g.add(x, gated(g, mixed, gate1));
  const normal = modulate(g, channelNorm(g, middle), shift2, scale2);
  const hidden = g.gelu(convolution(g, normal, weights.at("mlp.0")));
  return g.add(middle, gated(g, convolution(g, hidden, weights.at("mlp.2")), gate2));
}

function modulate(
  g: GraphScope,
  x: Features,
  shift: Features | undefined,
  scale: Features | undefined,
): Features {
  const scaled = scale === undefined ? x : g.mul(x, g.add(scale, 1));
  return shift === undefined ? scaled : g.add(scaled, shift);
}

function gated(g: GraphScope, x: Features, gate: Features | undefined): Features {
  return gate === undefined ? x : g.mul(x, gate);
}

/** @throws RangeError when the mask has another length than the model. */
function keptBlocks(weights: Weights, mask: readonly boolean[] | undefined): readonly number[] {
  const all = Array.from({ length: weights.count("blocks") }, (_, index) => index);
  if (mask === undefined) return all;
  if (mask.length === all.length) return all.filter((index) => mask[index]);
  throw new RangeError(`The mask has ${mask.length} entries, the model ${all.length} blocks.`);
}

function countParameters({ file, weights }: Checkpoint, mask: DenoiserOptions["mask"]): number {
  const kept = new Set(keptBlocks(weights, mask).map(String));
  return [...file.entries]
    .filter(([name]) => {
      const block = /^blocks\.(\d+)\./.exec(name)?.[1];
      return block === undefined || kept.has(block);
    })
    .reduce((sum, [, { shape }]) => sum + shape.reduce((count, size) => count * size, 1), 0);
}
