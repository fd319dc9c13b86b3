import type { DataType } from "./data-types.js";
import type { Dimension } from "./dimension.js";

/**
 * A tensor in a graph under construction: an immutable handle that belongs to one builder.
 * The shape holds sizes, or symbols for the sizes that are known only when the graph runs.
 */
export interface Value<D extends DataType = DataType> {
  readonly name: string;
  readonly type: D;
  readonly shape: readonly Dimension[];
}

/** What arithmetic operators take: a value, or a number that becomes a scalar of the other side's type. */
export type Operand<D extends DataType = DataType> = Value<D> | number;

/** Sizes known now or symbolically, or an int64 vector that the graph computes. */
export type ShapeOperand = readonly Dimension[] | Value;

export type NamedValues = Readonly<Record<string, Value>>;

/** The same names and element types; shapes may differ. */
export type SameTypes<V extends NamedValues> = {
  readonly [K in keyof V]: Value<V[K]["type"]>;
};

export function isValue(operand: unknown): operand is Value {
  return typeof operand === "object" && operand !== null && "name" in operand && "shape" in operand;
}

/** True when every name of `like` is in `values` with the same element type; nothing is like nothing. */
export function haveSameTypes<V extends NamedValues>(
  values: NamedValues,
  like: V | undefined,
): values is SameTypes<V> {
  return Object.entries(like ?? {}).every(([name, value]) => values[name]?.type === value.type);
}
