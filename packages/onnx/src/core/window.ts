import {
  addDimensions,
  type Dimension,
  floorDivideDimension,
  multiplyDimensions,
} from "./dimension.js";
import type { OperatorNode } from "./operator-node.js";

/** One number for every spatial axis, or one per axis. */
export type PerAxis = number | readonly number[];

export interface WindowOptions {
  /** Steps between windows, 1 by default. */
  readonly strides?: PerAxis;
  /** Padding: one number for all sides, one per axis, or every axis's start and then every axis's end. */
  readonly pads?: PerAxis;
  /** Steps between a window's elements, 1 by default. */
  readonly dilations?: PerAxis;
}

/** A sliding window's numbers, one per spatial axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Every axis's start, then every axis's end. */
  readonly pads: readonly number[];
}

export function resolveWindow(
  node: OperatorNode,
  kernel: readonly number[],
  { strides = 1, pads = 0, dilations = 1 }: WindowOptions,
): Window {
  const rank = kernel.length;
  return {
    kernel,
    strides: perAxis(node, "strides", strides, rank, 1),
    dilations: perAxis(node, "dilations", dilations, rank, 1),
    pads: resolvePads(node, pads, rank),
  };
}

export function perAxis(
  node: OperatorNode,
  name: string,
  value: PerAxis,
  rank: number,
  minimum: number,
): readonly number[] {
  const list = typeof value === "number" ? Array.from({ length: rank }, () => value) : value;
  if (list.length === rank && list.every((n) => Number.isInteger(n) && n >= minimum)) return list;
  throw node.error(
    "invalid-argument",
    `${name} [${list}] must be ${rank} integers of at least ${minimum}`,
  );
}

function resolvePads(node: OperatorNode, pads: PerAxis, rank: number): readonly number[] {
  if (typeof pads !== "number" && pads.length === 2 * rank) {
    return perAxis(node, "pads", pads, 2 * rank, 0);
  }
  const oneSide = perAxis(node, "pads", pads, rank, 0);
  return [...oneSide, ...oneSide];
}

/** How often the window fits along an axis. */
export function windowCount(
  node: OperatorNode,
  size: Dimension,
  { kernel, strides, dilations, pads }: Window,
  axis: number,
): Dimension {
  const extent = (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
  const padding = (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0);
  const room = addDimensions(size, padding - extent);
  if (typeof room === "number" && room < 0) {
    const explanation = `a window of ${extent} does not fit into ${size} with padding ${padding}`;
    throw node.error("shape-mismatch", explanation);
  }
  return addDimensions(floorDivideDimension(room, strides[axis] ?? 1), 1);
}

/** The size from which the window's steps would have come: the inverse of `windowCount`. */
export function transposedSize(
  size: Dimension,
  { kernel, strides, dilations, pads }: Window,
  axis: number,
  outputPadding: number,
): Dimension {
  const stride = strides[axis] ?? 1;
  const extent = (dilations[axis] ?? 1) * ((kernel[axis] ?? 1) - 1) + 1;
  const padding = (pads[axis] ?? 0) + (pads[axis + kernel.length] ?? 0);
  return addDimensions(multiplyDimensions(size, stride), extent - stride - padding + outputPadding);
}
