import type { TensorModule } from "@diopter/engine";
import type { GraphScope, Value } from "@diopter/onnx";
import { convolution } from "./layers.js";
import type { Checkpoint } from "./model-family.js";
import { type BlockModulation, type Modulation, modulatedBlock } from "./modulation.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

/** Which blocks run, one entry a block; all where absent (TinySR, depth pruning). */
export type BlockMask = readonly boolean[] | undefined;

/** Where a denoiser's modulations come from. */
export interface Modulations {
  block(index: number): BlockModulation;
  readonly final: Modulation;
}

/**
 * The denoiser's graph around its modulations, of the blocks `kept`: `sample`, `timestep` and
 * `original` → `prediction`, the original's latent and what the head adds to it.
 * @param modulations given the timestep, which it may leave alone.
 */
export function denoiserBody(
  key: string,
  weights: Weights,
  kept: readonly number[],
  modulations: (g: GraphScope, timestep: Features) => Modulations,
): TensorModule {
  return {
    key,
    build: (graph, { sample, timestep, original }) => {
      if (sample === undefined || timestep === undefined || original === undefined) {
        throw new RangeError("The denoiser needs sample, timestep and original.");
      }
      const g = graph.scope("denoiser");
      const { block, final } = modulations(g, timestep);
      const stem = convolution(g, g.concat([sample, original], 1), weights.at("stem"));
      const features = kept.reduce((before, index) => {
        const scope = g.scope(`blocks.${index}`);
        return modulatedBlock(scope, before, block(index), weights.at("blocks").at(`${index}`));
      }, stem);
      const last = final.normalise(g, features);
      const residual = convolution(g, last, weights.at("head"));
      const channels = weights.shape("head.weight")[0] ?? 0;
      const [latent = original] = g.split(original, [channels, restOf(original, channels)], 1);
      return { prediction: g.add(latent, residual) };
    },
  };
}

function restOf(original: Features, channels: number): number {
  const total = original.shape[1];
  if (typeof total === "number") return total - channels;
  throw new RangeError("The number of the original's channels must be known.");
}

/**
 * The places of the blocks that run.
 * @throws RangeError when the mask has another length than the model.
 */
export function keptBlocks(weights: Weights, mask: BlockMask): readonly number[] {
  const all = Array.from({ length: weights.count("blocks") }, (_, index) => index);
  if (mask === undefined) return all;
  if (mask.length === all.length) return all.filter((index) => mask[index]);
  throw new RangeError(`The mask has ${mask.length} entries, the model ${all.length} blocks.`);
}

/** Elements of all tensors but those of blocks that do not run, and those that `leftOut` names. */
export function countParameters(
  { file }: Checkpoint,
  kept: readonly number[],
  leftOut: (name: string) => boolean = () => false,
): number {
  const running = new Set(kept.map(String));
  return [...file.entries]
    .filter(([name]) => {
      const block = /^blocks\.(\d+)\./.exec(name)?.[1];
      return !leftOut(name) && (block === undefined || running.has(block));
    })
    .reduce((sum, [, { shape }]) => sum + shape.reduce((count, size) => count * size, 1), 0);
}
