import type { DenoiserValue, FixedTimestep } from "@diopter/engine";
import { denoiserBody, keptBlocks } from "./denoiser-body.js";
import { type DenoiserOptions, describeDenoiser, tryOut } from "./diopter-denoiser.js";
import { type Checkpoint, type ModelFamily, matchesFamily } from "./model-family.js";
import { storedModulation } from "./modulation.js";

const family = "diopter-denoiser-fixed";

/**
 * A denoiser for one timestep, as students are shipped: no time modules; shift and scale of the
 * modulations are the norms' affine parts, and the gates are multiplied into the convolutions.
 * Source: TinySR, component streamlining.
 */
export const fixedDenoiser: ModelFamily<DenoiserValue, DenoiserOptions> = {
  name: family,
  matches: (checkpoint) =>
    matchesFamily(checkpoint, family, {
      "stem.weight": 4,
      "norm.weight": 1,
      "blocks.0.norm1.weight": 1,
      "blocks.0.mix.weight": 4,
      "blocks.0.norm2.weight": 1,
    }),
  load(checkpoint, { mask }) {
    const { weights, hash } = checkpoint;
    const kept = keptBlocks(weights, mask);
    const base = describeDenoiser(checkpoint, kept);
    const key = `${family} ${hash} blocks ${kept.join(",")}`;
    const denoiser: DenoiserValue = {
      ...base,
      fixed: readFixed(checkpoint, base.process.timesteps),
      network: denoiserBody(key, weights, kept, () => ({
        block: (index) => {
          const block = weights.at("blocks").at(`${index}`);
          return {
            mix: storedModulation(block.at("norm1")),
            mlp: storedModulation(block.at("norm2")),
          };
        },
        final: storedModulation(weights.at("norm")),
      })),
    };
    tryOut(denoiser);
    return denoiser;
  },
};

/** The timestep from the metadata, T where they are lost, as is the absence of noise. */
function readFixed({ config }: Checkpoint, terminal: number): FixedTimestep {
  const { timestep = terminal, noise = 0 } = config;
  if (typeof timestep !== "number" || !(timestep > 0 && timestep <= terminal)) {
    throw new RangeError(`The timestep is not between 0 and ${terminal}.`);
  }
  if (typeof noise !== "number" || !(noise >= 0 && noise <= 1)) {
    throw new RangeError("The noise is not between 0 and 1.");
  }
  return { timestep, noise };
}
