import type { GraphScope, Value } from "@diopter/onnx";
import { channelNorm, convolution } from "./layers.js";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

/** What stands around a part of a block: a norm before it, and maybe a gate behind it. */
export interface Modulation {
  /** The norm over the channels, scaled and shifted. */
  normalise(g: GraphScope, x: Features): Features;
  gate(g: GraphScope, x: Features): Features;
}

/** norm(x)·(1 + scale) + shift, and gate·x, from values [N, C, 1 or h, 1 or w] (adaLN-Zero). */
export function valueModulation(
  shift: Features | undefined,
  scale: Features | undefined,
  gate?: Features | undefined,
): Modulation {
  return {
    normalise: (g, x) => {
      const normal = channelNorm(g, x);
      const scaled = scale === undefined ? normal : g.mul(normal, g.add(scale, 1));
      return shift === undefined ? scaled : g.add(scaled, shift);
    },
    gate: (g, x) => (gate === undefined ? x : g.mul(x, gate)),
  };
}

/** The same from numbers per channel: shift and scale become the norm's own affine part. */
export function constantModulation(
  shift: Float32Array,
  scale: Float32Array,
  gate?: Float32Array | undefined,
): Modulation {
  return {
    normalise: (g, x) => {
      const factor = g.constant(
        scale.map((value) => 1 + value),
        [scale.length],
      );
      return channelNorm(g, x, { scale: factor, bias: g.constant(shift, [shift.length]) });
    },
    gate: (g, x) => (gate === undefined ? x : g.mul(x, g.constant(gate, [1, gate.length, 1, 1]))),
  };
}

/** A norm whose affine part is in the checkpoint, and no gate. */
export function storedModulation(weights: Weights): Modulation {
  return {
    normalise: (g, x) => {
      const scale = g.weight(weights.tensor("weight"));
      return channelNorm(g, x, { scale, bias: g.weight(weights.tensor("bias")) });
    },
    gate: (_g, x) => x,
  };
}

/** A block's two modulations: around the 3 × 3 convolution and around the MLP. */
export interface BlockModulation {
  readonly mix: Modulation;
  readonly mlp: Modulation;
}

/** x + gate·mix(norm(x)), then the same around the MLP: the block of every denoiser that ships. */
export function modulatedBlock(
  g: GraphScope,
  x: Features,
  { mix, mlp }: BlockModulation,
  weights: Weights,
): Features {
  const mixed = convolution(g, mix.normalise(g, x), weights.at("mix"));
  const middle = g.add(x, mix.gate(g, mixed));
  const hidden = g.gelu(convolution(g, mlp.normalise(g, middle), weights.at("mlp.0")));
  return g.add(middle, mlp.gate(g, convolution(g, hidden, weights.at("mlp.2"))));
}
