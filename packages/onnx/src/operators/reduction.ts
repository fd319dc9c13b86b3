import { integer, integers } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import type { Dimension } from "../core/dimension.js";
import type { Value } from "../core/value.js";
import { ResamplingOperators } from "./resampling.js";

export interface ReduceOptions {
  /** The axes that are reduced; all of them when left out. */
  readonly axes?: number | readonly number[];
  /** Reduced axes stay with size 1 (the default), or go away. */
  readonly keepAxes?: boolean;
}

export interface ArgOptions {
  readonly axis: number;
  readonly keepAxis?: boolean;
}

// The opset from which the axes are an input instead of an attribute.
const axesInputSince: Readonly<Record<string, number>> = { ReduceSum: 13 };

/** Operators that make one number of many. */
export class ReductionOperators extends ResamplingOperators {
  reduceMean<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceMean", x, options);
  }

  reduceSum<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceSum", x, options);
  }

  reduceMax<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceMax", x, options);
  }

  reduceMin<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceMin", x, options);
  }

  reduceProd<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceProd", x, options);
  }

  /** The square root of the sum of squares. */
  reduceL2<D extends DataType>(x: Value<D>, options: ReduceOptions = {}): Value<D> {
    return this.#reduce("ReduceL2", x, options);
  }

  /** The place of the largest element along an axis; the first of equal ones. */
  argMax(x: Value, options: ArgOptions): Value<"int64"> {
    return this.#arg("ArgMax", x, options);
  }

  /** The place of the smallest element along an axis; the first of equal ones. */
  argMin(x: Value, options: ArgOptions): Value<"int64"> {
    return this.#arg("ArgMin", x, options);
  }

  /** Running sums along an axis, each including its own element. */
  cumSum<D extends DataType>(x: Value<D>, axis: number): Value<D> {
    const at = this.begin("CumSum", { x }).axis(axis, x.shape.length);
    const node = this.begin("CumSum", { x, axis: this.scalar(at, "int64") });
    node.requireFamily("x", "float", "integer");
    return node.output(x.type, x.shape);
  }

  /** The `count` largest elements along an axis, in falling order, and their places. */
  topK<D extends DataType>(
    x: Value<D>,
    count: number,
    axis: number,
  ): { readonly values: Value<D>; readonly indices: Value<"int64"> } {
    const node = this.begin("TopK", { x, count: this.int64Vector([count]) });
    const at = node.axis(axis, x.shape.length);
    const size = x.shape[at] ?? 1;
    if (typeof size === "number" && count > size) {
      throw node.error("shape-mismatch", `axis ${at} has fewer than ${count} elements`);
    }
    const shape = x.shape.with(at, count);
    const [values, indices] = node.outputs(
      [
        { type: x.type, shape },
        { type: "int64", shape },
      ],
      { axis: integer(at) },
    );
    if (values === undefined || indices === undefined)
      throw node.error("unsupported", "no outputs");
    return {
      values: this.expectType(values, x.type),
      indices: this.expectType(indices, "int64"),
    };
  }

  #reduce<D extends DataType>(operator: string, x: Value<D>, options: ReduceOptions): Value<D> {
    const { axes, keepAxes = true } = options;
    const checked = this.begin(operator, { x });
    checked.requireFamily("x", "float", "integer");
    const rank = x.shape.length;
    const list = axes === undefined ? x.shape.map((_, axis) => axis) : [axes].flat();
    const reduced = new Set(list.map((axis) => checked.axis(axis, rank)));
    const shape = x.shape.flatMap((size, axis): Dimension[] => {
      if (!reduced.has(axis)) return [size];
      return keepAxes ? [1] : [];
    });
    const sorted = [...reduced].sort((a, b) => a - b);
    const asInput = this.opset >= (axesInputSince[operator] ?? 18);
    const node = asInput ? this.begin(operator, { x, axes: this.int64Vector(sorted) }) : checked;
    return node.output(x.type, shape, {
      keepdims: integer(keepAxes ? 1 : 0),
      axes: asInput ? undefined : integers(sorted),
    });
  }

  #arg(operator: string, x: Value, { axis, keepAxis = true }: ArgOptions): Value<"int64"> {
    const node = this.begin(operator, { x });
    node.requireFamily("x", "float", "integer");
    const at = node.axis(axis, x.shape.length);
    const shape = keepAxis ? x.shape.with(at, 1) : x.shape.filter((_, other) => other !== at);
    return node.output("int64", shape, { axis: integer(at), keepdims: integer(keepAxis ? 1 : 0) });
  }
}
