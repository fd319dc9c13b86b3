import { integer, text } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import {
  addDimensions,
  compareDimensions,
  type Dimension,
  moreSpecific,
} from "../core/dimension.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import type { OperatorNode } from "../core/operator-node.js";
import { formatShape, type Shape } from "../core/shape.js";
import type { Value } from "../core/value.js";
import { ShapeOperators } from "./shape.js";

export interface PadOptions {
  readonly mode?: "constant" | "reflect" | "edge";
  /** What "constant" fills with; 0 by default. */
  readonly value?: number;
}

/** Operators that put tensors together, take them apart, and widen them. */
export class JoinOperators extends ShapeOperators {
  /** Tensors one after the other along an axis; all other sizes agree. */
  concat<D extends DataType>(parts: readonly Value<D>[], axis: number): Value<D> {
    const named = Object.fromEntries(parts.map((part, index) => [`part ${index}`, part]));
    const node = this.begin("Concat", named);
    const [first, ...others] = parts;
    if (first === undefined)
      throw node.error("invalid-argument", "there is nothing to put together");
    node.requireSameType();
    const at = node.axis(axis, first.shape.length);
    const shape = others.reduce((sum, { shape }) => joined(node, sum, shape, at), first.shape);
    const result = node.output(first.type, shape, { axis: integer(at) });
    rememberContent(result, joinedContent(parts));
    return result;
  }

  /** The tensor cut along an axis: into pieces of these sizes, or into so many equal ones. */
  split<D extends DataType>(
    x: Value<D>,
    sizes: number | readonly number[],
    axis: number,
  ): Value<D>[] {
    const checked = this.begin("Split", { x });
    const at = checked.axis(axis, x.shape.length);
    const pieces =
      typeof sizes === "number" ? equalPieces(checked, x.shape[at] ?? 1, sizes) : sizes;
    const total = pieces.reduce((sum, size) => sum + size, 0);
    if (compareDimensions(total, x.shape[at] ?? 1) === "different") {
      const explanation = `pieces [${pieces}] do not add up to the ${x.shape[at]} of axis ${at}`;
      throw checked.error("shape-mismatch", explanation);
    }
    const node = this.begin("Split", { x, split: this.int64Vector(pieces) });
    const shapes = pieces.map((size) => x.shape.with(at, size));
    const outputs = node.outputs(
      shapes.map((shape) => ({ type: x.type, shape })),
      { axis: integer(at) },
    );
    return outputs.map((output) => this.expectType(output, x.type));
  }

  /**
   * The tensor widened by `before` and `after` elements along each axis (negative takes away).
   * `reflect` mirrors without repeating the border, `edge` repeats it.
   */
  pad<D extends DataType>(
    x: Value<D>,
    before: readonly Dimension[],
    after: readonly Dimension[],
    { mode = "constant", value }: PadOptions = {},
  ): Value<D> {
    const checked = this.begin("Pad", { x });
    if (before.length !== x.shape.length || after.length !== x.shape.length) {
      const explanation = `pads ${formatShape(before)} and ${formatShape(after)} do not fit the axes`;
      throw checked.error("invalid-argument", explanation);
    }
    const shape = x.shape.map((size, axis) =>
      addDimensions(size, before[axis] ?? 0, after[axis] ?? 0),
    );
    if (shape.some((size) => typeof size === "number" && size < 0)) {
      throw checked.error("shape-mismatch", "more is taken away than there is");
    }
    const pads = this.shapeVector([...before, ...after]);
    const fill = value === undefined ? undefined : this.operand(value, x.type);
    return this.begin("Pad", { x, pads, fill }).output(x.type, shape, { mode: text(mode) });
  }
}

function equalPieces(node: OperatorNode, size: Dimension, count: number): readonly number[] {
  if (typeof size === "number" && count > 0 && size % count === 0) {
    return Array.from({ length: count }, () => size / count);
  }
  throw node.error("shape-mismatch", `${size} does not divide into ${count} equal pieces`);
}

function joined(node: OperatorNode, sum: Shape, next: Shape, at: number): Shape {
  const explanation = `${formatShape(sum)} and ${formatShape(next)} do not join along axis ${at}`;
  if (sum.length !== next.length) throw node.error("shape-mismatch", explanation);
  return sum.map((size, axis) => {
    const other = next[axis] ?? 1;
    if (axis === at) return addDimensions(size, other);
    if (compareDimensions(size, other) !== "different") return moreSpecific(size, other);
    throw node.error("shape-mismatch", explanation);
  });
}

function joinedContent(parts: readonly Value[]): Shape | undefined {
  const known = parts.map(contentOf);
  if (known.some((content) => content === undefined)) return undefined;
  return known.flatMap((content) => content ?? []);
}
