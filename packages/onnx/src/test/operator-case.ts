import type { DataType } from "../core/data-types.js";
import type { Dimension } from "../core/dimension.js";
import { elementCount, encodeNumbers, type InlineTensor } from "../core/tensor-source.js";
import type { Value } from "../core/value.js";
import type { GraphBuilder } from "../graph-builder.js";

/** A tensor to feed, and the shape that the graph declares for it when that is to be symbolic. */
export interface CaseInput {
  readonly tensor: InlineTensor;
  readonly declared: readonly Dimension[];
}

export interface OperatorCase {
  /** The builder's method. */
  readonly method: string;
  /** What is special about the case; part of its name. */
  readonly label: string;
  readonly inputs: Readonly<Record<string, CaseInput>>;
  readonly build: (g: GraphBuilder, x: (name: string) => Value) => Value | readonly Value[];
  /** The opsets that have the operator; all that the builder writes when left out. */
  readonly opsets?: readonly number[];
  /** Why the reference evaluator cannot judge the case; only ONNX Runtime runs it then. */
  readonly withoutReference?: string;
}

/** Numbers between `low` and `high` that look random and are always the same. */
export function noise(
  shape: readonly number[],
  {
    low = -1,
    high = 1,
    seed = 1,
    declared = shape,
  }: {
    readonly low?: number;
    readonly high?: number;
    readonly seed?: number;
    readonly declared?: readonly Dimension[];
  } = {},
): CaseInput {
  let state = seed * 7919 + 17;
  const values = Array.from({ length: elementCount(shape) }, () => {
    state = (state * 48271) % 2147483647;
    return low + ((high - low) * state) / 2147483647;
  });
  return numbers(values, shape, "float32", declared);
}

export function numbers(
  values: readonly number[],
  shape: readonly number[],
  type: DataType = "float32",
  declared: readonly Dimension[] = shape,
): CaseInput {
  return { tensor: { type, shape, bytes: encodeNumbers(values, type) }, declared };
}
