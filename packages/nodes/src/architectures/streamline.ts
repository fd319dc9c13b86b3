import type { DenoiserValue, Streamlining, TensorModule } from "@diopter/engine";
import { countParameters, denoiserBody } from "./denoiser-body.js";
import { convolution } from "./layers.js";
import type { Checkpoint } from "./model-family.js";
import { type BlockModulation, constantModulation } from "./modulation.js";
import { timeEmbedding } from "./time-embedding.js";

type Constants = Readonly<Record<string, Float32Array>>;

/**
 * How the denoiser of a checkpoint becomes one for a single timestep: what its time modules and
 * modulations give there is computed once, and stands in the graph as numbers.
 * Source: TinySR, component streamlining.
 */
export function streamliningOf(
  family: string,
  checkpoint: Checkpoint,
  kept: readonly number[],
  base: Omit<DenoiserValue, "network">,
): Streamlining {
  const { weights, hash } = checkpoint;
  const blocks = `${family} ${hash} blocks ${kept.join(",")}`;
  return {
    constants: constantsModule(`${blocks} constants`, checkpoint, kept),
    withConstants: (timestep, constants) => {
      const numbers = Object.values(constants).reduce((sum, { length }) => sum + length, 0);
      const final = (part: number) => piece(constants, "final", part, 2);
      return {
        ...base,
        fixed: { timestep, noise: 1 },
        parameters: countParameters(checkpoint, kept, isTimeModule) + numbers,
        network: denoiserBody(`${blocks} at ${timestep}`, weights, kept, () => ({
          block: (index) => blockOf(constants, index),
          final: constantModulation(final(0), final(1)),
        })),
      };
    },
  };
}

function constantsModule(
  key: string,
  { weights }: Checkpoint,
  kept: readonly number[],
): TensorModule {
  return {
    key,
    build: (graph, { timestep }) => {
      if (timestep === undefined) throw new RangeError("The constants need a timestep.");
      const g = graph.scope("denoiser");
      const embedding = timeEmbedding(g.scope("time"), timestep, weights.at("time"));
      const places = ["final", ...kept.map((index) => `blocks.${index}`)];
      const values = places.map((place) => {
        const modulation = weights.at(place).at("modulation");
        return [place, convolution(g.scope(place), embedding, modulation)];
      });
      return Object.fromEntries(values);
    },
  };
}

function blockOf(constants: Constants, index: number): BlockModulation {
  const part = (place: number) => piece(constants, `blocks.${index}`, place, 6);
  return {
    mix: constantModulation(part(0), part(1), part(2)),
    mlp: constantModulation(part(3), part(4), part(5)),
  };
}

/** One of the equal parts of a modulation's numbers. */
function piece(constants: Constants, name: string, place: number, of: number): Float32Array {
  const numbers = constants[name];
  if (numbers === undefined) throw new RangeError(`The constants "${name}" are missing.`);
  const size = numbers.length / of;
  return numbers.slice(place * size, (place + 1) * size);
}

function isTimeModule(name: string): boolean {
  return name.startsWith("time.") || name.includes("modulation.");
}
