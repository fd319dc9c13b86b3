import { defineNode, image, integer, map } from "@diopter/engine";
import type { GraphScope, Value } from "@diopter/onnx";
import { mirroredPad } from "./mirrored-pad.js";

type Plane = Value<"float32">;

/**
 * V_g = minmax(GaussianBlur(V0)), with V0 = E[g²] − E[g]² of the gray picture g in a square window;
 * blur and window are of one size, and the blur's σ = 0.3·((window − 1)/2 − 1) + 0.8, OpenCV's
 * default: 5.3 for 33. Borders are mirrored. A picture without any variance gives 0 everywhere.
 *
 * @example
 * // Flat on the left, noisy on the right: 0 to the left, 1 to the right.
 */
export const varianceMap = defineNode({
  type: "sampling/variance-map",
  version: 1,
  title: "Variance map",
  help: "Shows where a picture has much texture: 1 where it varies most, 0 where least.",
  source: "TSS, eq. 4-5",
  inputs: { image: image() },
  params: {
    window: integer({ default: 33, min: 3, max: 255, odd: true, unit: "px" }),
  },
  outputs: { map: map() },
  graph: (g, { image: picture }, { window }) => {
    const gray = grayOf(g, picture);
    // Variance does not change with the mean, and small values lose fewer digits in E[g²] − E[g]².
    const centred = g.sub(gray, g.reduceMean(gray, { axes: [2, 3] }));
    const box = new Float32Array(window).fill(1 / window);
    const mean = filtered(g, centred, box);
    const variance = g.sub(filtered(g, g.mul(centred, centred), box), g.mul(mean, mean));
    const blurred = filtered(g, variance, gaussian(window));
    const lowest = g.reduceMin(blurred, { axes: [2, 3] });
    const range = g.sub(g.reduceMax(blurred, { axes: [2, 3] }), lowest);
    return { map: g.div(g.sub(blurred, lowest), g.max(range, 1e-8)) };
  },
});

/** Y = 0.299·R + 0.587·G + 0.114·B. */
function grayOf(g: GraphScope, picture: Plane): Plane {
  return g.conv(picture, g.constant(Float32Array.of(0.299, 0.587, 0.114), [1, 3, 1, 1]));
}

/** Correlation with a kernel along both axes in turn; the size stays. */
function filtered(g: GraphScope, plane: Plane, kernel: Float32Array): Plane {
  const length = kernel.length;
  const padded = mirroredPad(g, plane, (length - 1) / 2);
  const rows = g.conv(padded, g.constant(kernel, [1, 1, 1, length]));
  return g.conv(rows, g.constant(kernel, [1, 1, length, 1]));
}

function gaussian(length: number): Float32Array {
  const sigma = 0.3 * ((length - 1) / 2 - 1) + 0.8;
  const weights = Array.from({ length }, (_, index) =>
    Math.exp(-((index - (length - 1) / 2) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(weights, (weight) => weight / sum);
}
