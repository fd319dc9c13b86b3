import {
  floorDivideDimension,
  type GraphScope,
  multiplyDimensions,
  type Value,
} from "@diopter/onnx";
import type { Weights } from "./weights.js";

type Features = Value<"float32">;

/**
 * A convolution with odd kernel and zero padding, which keeps the size at stride 1. Where the
 * checkpoint has a depthwise and a pointwise part, both in turn, without an activation between
 * them; the depthwise part carries the stride.
 */
export function convolution(g: GraphScope, x: Features, weights: Weights, stride = 1): Features {
  if (!weights.has("depthwise.weight")) return plainConvolution(g, x, weights, stride);
  const depthwise = weights.at("depthwise");
  const channels = depthwise.shape("weight")[0] ?? 1;
  const spread = plainConvolution(g, x, depthwise, stride, channels);
  return plainConvolution(g, spread, weights.at("pointwise"), 1);
}

function plainConvolution(
  g: GraphScope,
  x: Features,
  weights: Weights,
  stride: number,
  group = 1,
): Features {
  const kernel = weights.shape("weight")[2] ?? 1;
  return g.conv(x, g.weight(weights.tensor("weight")), {
    bias: weights.has("bias") ? g.weight(weights.tensor("bias")) : undefined,
    pads: Math.floor(kernel / 2),
    strides: stride,
    group,
  });
}

/** x + conv2(SiLU(conv1(x))). */
export function residualBlock(g: GraphScope, x: Features, weights: Weights): Features {
  const inner = g.silu(convolution(g, x, weights.at("conv1")));
  return g.add(x, convolution(g, inner, weights.at("conv2")));
}

/** The blocks `name.0`, `name.1`, ... one after the other. */
export function residualBlocks(
  g: GraphScope,
  x: Features,
  weights: Weights,
  name: string,
): Features {
  return Array.from({ length: weights.count(name) }).reduce<Features>(
    (features, _, index) => residualBlock(g, features, weights.at(name).at(String(index))),
    x,
  );
}

/**
 * [N, C, H, W] → [N, C·r², H/r, W/r], channel c·r² + i·r + j from row i and column j of each block:
 * PyTorch's order, which ONNX's SpaceToDepth does not have. H and W are multiples of r.
 */
export function pixelUnshuffle(g: GraphScope, x: Features, factor: number): Features {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [rows, columns] = [
    floorDivideDimension(height, factor),
    floorDivideDimension(width, factor),
  ];
  const blocks = g.reshape(x, [batch, channels, rows, factor, columns, factor]);
  const stacked = g.transpose(blocks, [0, 1, 3, 5, 2, 4]);
  return g.reshape(stacked, [batch, multiplyDimensions(channels, factor * factor), rows, columns]);
}

/**
 * Layer normalisation over the channels of every pixel, epsilon 1e-6, without an affine part where
 * none is given ([C] each).
 * Between two transpositions: on the CPU this took 1.15 times the rest of a block's time where
 * means by reduction took up to 1.5 times, and every device has it.
 */
export function channelNorm(
  g: GraphScope,
  x: Features,
  affine?: { readonly scale: Features; readonly bias: Features },
): Features {
  const channels = x.shape[1];
  if (typeof channels !== "number") throw new RangeError("The number of channels must be known.");
  const { scale, bias } = affine ?? {
    scale: g.constant(new Float32Array(channels).fill(1), [channels]),
    bias: undefined,
  };
  const last = g.transpose(x, [0, 2, 3, 1]);
  return g.transpose(g.layerNormalization(last, { scale, bias, epsilon: 1e-6 }), [0, 3, 1, 2]);
}
