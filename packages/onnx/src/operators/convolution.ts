import { integer, integers } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { compareDimensions, type Dimension } from "../core/dimension.js";
import type { OperatorNode } from "../core/operator-node.js";
import { isStaticShape, type Shape } from "../core/shape.js";
import type { Value } from "../core/value.js";
import {
  type PerAxis,
  perAxis,
  resolveWindow,
  transposedSize,
  type WindowOptions,
  windowCount,
} from "../core/window.js";
import { LinearOperators } from "./linear.js";

export interface ConvOptions<D extends DataType = DataType> extends WindowOptions {
  /** One number per output channel. */
  readonly bias?: Value<D> | undefined;
  /** Groups of channels that are convolved apart from each other, 1 by default. */
  readonly group?: number;
}

export interface ConvTransposeOptions<D extends DataType = DataType> extends ConvOptions<D> {
  /** Added to the end of every spatial axis of the result, 0 by default. */
  readonly outputPadding?: PerAxis;
}

export interface PoolOptions extends WindowOptions {
  readonly kernel: PerAxis;
}

/** Convolution and pooling. Tensors are [batch, channels, ...spatial]. */
export class ConvolutionOperators extends LinearOperators {
  /** Convolution with a weight of [outputs, inputs / group, ...kernel]. */
  conv<D extends DataType>(x: Value<D>, weight: Value<D>, options: ConvOptions<D> = {}): Value<D> {
    const { bias, group = 1 } = options;
    const node = this.begin("Conv", { x, weight, bias });
    const kernel = checkFilter(node, x, weight);
    const inputs = weight.shape[1];
    if (typeof inputs === "number") requireChannels(node, x, inputs * group);
    const outputs = weight.shape[0] ?? 1;
    if (typeof outputs === "number" && outputs % group !== 0) {
      throw node.error("shape-mismatch", `${outputs} outputs do not divide into ${group} groups`);
    }
    requireBias(node, bias, outputs);
    const window = resolveWindow(node, kernel, options);
    const spatial = x.shape.slice(2).map((size, axis) => windowCount(node, size, window, axis));
    return node.output(x.type, [x.shape[0] ?? 1, outputs, ...spatial], {
      kernel_shape: integers(kernel),
      strides: integers(window.strides),
      pads: integers(window.pads),
      dilations: integers(window.dilations),
      group: integer(group),
    });
  }

  /** Transposed convolution with a weight of [inputs, outputs / group, ...kernel]. */
  convTranspose<D extends DataType>(
    x: Value<D>,
    weight: Value<D>,
    options: ConvTransposeOptions<D> = {},
  ): Value<D> {
    const { bias, group = 1, outputPadding = 0 } = options;
    const node = this.begin("ConvTranspose", { x, weight, bias });
    const kernel = checkFilter(node, x, weight);
    const inputs = weight.shape[0];
    if (typeof inputs === "number") requireChannels(node, x, inputs);
    const perGroup = weight.shape[1];
    if (typeof perGroup !== "number") throw node.error("unsupported", "weight sizes must be known");
    requireBias(node, bias, perGroup * group);
    const window = resolveWindow(node, kernel, options);
    const extra = perAxis(node, "outputPadding", outputPadding, kernel.length, 0);
    const spatial = x.shape
      .slice(2)
      .map((size, axis) => transposedSize(size, window, axis, extra[axis] ?? 0));
    return node.output(x.type, [x.shape[0] ?? 1, perGroup * group, ...spatial], {
      kernel_shape: integers(kernel),
      strides: integers(window.strides),
      pads: integers(window.pads),
      dilations: integers(window.dilations),
      output_padding: integers(extra),
      group: integer(group),
    });
  }

  /** The mean of every window; padding does not count. */
  averagePool<D extends DataType>(x: Value<D>, options: PoolOptions): Value<D> {
    return this.#pool("AveragePool", x, options);
  }

  /** The largest element of every window. */
  maxPool<D extends DataType>(x: Value<D>, options: PoolOptions): Value<D> {
    return this.#pool("MaxPool", x, options);
  }

  /** The mean of every channel; spatial sizes become 1. */
  globalAveragePool<D extends DataType>(x: Value<D>): Value<D> {
    const node = this.begin("GlobalAveragePool", { x });
    node.requireFamily("x", "float");
    node.requireRank("x", 3, Number.POSITIVE_INFINITY);
    return node.output(
      x.type,
      x.shape.map((size, axis) => (axis < 2 ? size : 1)),
    );
  }

  #pool<D extends DataType>(operator: string, x: Value<D>, options: PoolOptions): Value<D> {
    const node = this.begin(operator, { x });
    node.requireFamily("x", "float");
    node.requireRank("x", 3, Number.POSITIVE_INFINITY);
    const kernel = perAxis(node, "kernel", options.kernel, x.shape.length - 2, 1);
    const window = resolveWindow(node, kernel, options);
    const spatial = x.shape.slice(2).map((size, axis) => windowCount(node, size, window, axis));
    const dilated = window.dilations.some((dilation) => dilation !== 1);
    if (dilated && operator === "AveragePool" && this.opset < 19) {
      throw node.error("unsupported", "dilations need opset 19");
    }
    return node.output(x.type, [...x.shape.slice(0, 2), ...spatial], {
      kernel_shape: integers(kernel),
      strides: integers(window.strides),
      pads: integers(window.pads),
      dilations: dilated ? integers(window.dilations) : undefined,
    });
  }
}

/** The kernel's sizes, once ranks and types are known to agree. */
function checkFilter(node: OperatorNode, x: Value, weight: Value): readonly number[] {
  node.requireSameType();
  node.requireFamily("x", "float");
  node.requireRank("x", 3, Number.POSITIVE_INFINITY);
  node.requireRank("weight", x.shape.length);
  const kernel: Shape = weight.shape.slice(2);
  if (isStaticShape(kernel)) return kernel;
  throw node.error("unsupported", "the kernel's sizes must be known");
}

function requireChannels(node: OperatorNode, x: Value, wanted: number): void {
  if (compareDimensions(x.shape[1] ?? 1, wanted) !== "different") return;
  throw node.error("shape-mismatch", `weight takes ${wanted} channels, x has ${x.shape[1]}`);
}

function requireBias(node: OperatorNode, bias: Value | undefined, outputs: Dimension): void {
  if (bias === undefined) return;
  node.requireRank("bias", 1);
  if (compareDimensions(bias.shape[0] ?? 1, outputs) !== "different") return;
  throw node.error("shape-mismatch", `bias must have ${outputs} elements`);
}
