import type { GraphScope, Value } from "@diopter/onnx";
import { convolution } from "./layers.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

/**
 * 2π in two parts. The first has so few bits that its multiples by whole numbers up to 2^15 are
 * exact in float32.
 */
const turnCoarse = 6.28125;
const turnFine = 2 * Math.PI - turnCoarse;

/**
 * Timesteps [N, 1, 1, 1] or [N, 1, h, w] → [N, count, ...]: cosines, then sines, of
 * t·10000^(−i/half) for i = 0..half − 1. One graph serves scalar timesteps and maps of them (the
 * spatial time embedding of TSS).
 *
 * The angles are brought within half a turn of 0 first: GPU shaders promise sine and cosine only
 * there, and timesteps reach 1000.
 */
export function timeFeatures(g: GraphScope, timestep: Features, count: number): Features {
  const half = Math.floor(count / 2);
  const frequencies = Float32Array.from({ length: half }, (_, index) =>
    Math.exp((index * -Math.log(10000)) / half),
  );
  const angles = g.mul(timestep, g.constant(frequencies, [1, half, 1, 1]));
  const turns = g.round(g.mul(angles, 1 / (2 * Math.PI)));
  const reduced = g.sub(g.sub(angles, g.mul(turns, turnCoarse)), g.mul(turns, turnFine));
  return g.concat([g.cos(reduced), g.sin(reduced)], 1);
}

/** SiLU of the embedding [N, E, 1 or h, 1 or w] that every block's modulation starts from. */
export function timeEmbedding(g: GraphScope, timestep: Features, weights: Weights): Features {
  const count = weights.shape("0.weight")[1] ?? 0;
  const hidden = convolution(g, timeFeatures(g, timestep, count), weights.at("0"));
  return g.silu(convolution(g, g.silu(hidden), weights.at("2")));
}
