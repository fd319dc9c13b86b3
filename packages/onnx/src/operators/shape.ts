import { integer, integers } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { compareDimensions, type Dimension, multiplyDimensions } from "../core/dimension.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import type { OperatorNode } from "../core/operator-node.js";
import {
  elementsOf,
  formatShape,
  isStaticShape,
  isValidSize,
  ratioOfElements,
  type Shape,
} from "../core/shape.js";
import { isValue, type ShapeOperand, type Value } from "../core/value.js";
import { ConstantOperators } from "./constants.js";
import { broadcast } from "./elementwise.js";

/** Operators that keep the numbers and change the shape. */
export class ShapeOperators extends ConstantOperators {
  /** The sizes of x, as an int64 vector. */
  shape(x: Value): Value<"int64"> {
    const result = this.begin("Shape", { x }).output("int64", [x.shape.length]);
    rememberContent(result, x.shape);
    return result;
  }

  /**
   * The same elements in another shape. In a list, -1 (once) takes what is left, 0 keeps the input's
   * size at that place, and a symbol is computed from the sizes of the graph's inputs.
   */
  reshape<D extends DataType>(x: Value<D>, shape: ShapeOperand): Value<D> {
    const known = this.knownSizes(shape);
    if (isValue(shape)) {
      const node = this.begin("Reshape", { x, shape });
      node.requireType("shape", "int64");
      node.requireRank("shape", 1);
      const rank = shape.shape[0];
      if (known !== undefined) return node.output(x.type, this.#resolve(node, x.shape, known));
      if (typeof rank === "number") return node.output(x.type, this.freshSizes(rank));
      throw node.error("unsupported", "the number of axes of the new shape must be known");
    }
    const target = known ?? shape;
    const resolved = this.#resolve(this.begin("Reshape", { x }), x.shape, target);
    const vector = this.shapeVector(asConstantTarget(target, x.shape));
    return this.begin("Reshape", { x, shape: vector }).output(x.type, resolved);
  }

  /** Two axes: those before `axis` multiplied, and the rest multiplied. */
  flatten<D extends DataType>(x: Value<D>, axis = 1): Value<D> {
    const node = this.begin("Flatten", { x });
    const split = axis === x.shape.length ? axis : node.axis(axis, x.shape.length);
    const shape = [elementsOf(x.shape.slice(0, split)), elementsOf(x.shape.slice(split))];
    return node.output(x.type, shape, { axis: integer(split) });
  }

  /** The axes in another order: axis i of the result is axis order[i] of x. */
  transpose<D extends DataType>(x: Value<D>, order: readonly number[]): Value<D> {
    const node = this.begin("Transpose", { x });
    const rank = x.shape.length;
    const axes = order.map((axis) => node.axis(axis, rank));
    if (axes.length !== rank || new Set(axes).size !== rank) {
      throw node.error("invalid-argument", `[${order}] is not an order of ${rank} axes`);
    }
    const shape = axes.map((axis) => x.shape[axis] ?? 1);
    return node.output(x.type, shape, { perm: integers(axes) });
  }

  /** Axes of size 1 put in, at these places of the result. */
  unsqueeze<D extends DataType>(x: Value<D>, axes: number | readonly number[]): Value<D> {
    const list = [axes].flat();
    const rank = x.shape.length + list.length;
    const checked = this.begin("Unsqueeze", { x });
    const places = new Set(list.map((axis) => checked.axis(axis, rank)));
    if (places.size !== list.length) {
      throw checked.error("invalid-argument", `axes [${list}] name one place twice`);
    }
    const rest = [...x.shape];
    const shape = Array.from({ length: rank }, (_, axis) =>
      places.has(axis) ? 1 : (rest.shift() ?? 1),
    );
    const vector = this.int64Vector([...places].sort((a, b) => a - b));
    const result = this.begin("Unsqueeze", { x, axes: vector }).output(x.type, shape);
    rememberContent(result, contentOf(x));
    return result;
  }

  /** Axes of size 1 taken away. */
  squeeze<D extends DataType>(x: Value<D>, axes: number | readonly number[]): Value<D> {
    const checked = this.begin("Squeeze", { x });
    const places = new Set([axes].flat().map((axis) => checked.axis(axis, x.shape.length)));
    for (const axis of places) {
      if (compareDimensions(x.shape[axis] ?? 1, 1) === "different") {
        throw checked.error("shape-mismatch", `axis ${axis} has size ${x.shape[axis]}, not 1`);
      }
    }
    const shape = x.shape.filter((_, axis) => !places.has(axis));
    const vector = this.int64Vector([...places].sort((a, b) => a - b));
    const result = this.begin("Squeeze", { x, axes: vector }).output(x.type, shape);
    rememberContent(result, contentOf(x));
    return result;
  }

  /** x repeated along axes of size 1, to the shape that both broadcast to. */
  expand<D extends DataType>(x: Value<D>, shape: ShapeOperand): Value<D> {
    const known = this.knownSizes(shape);
    if (known !== undefined) broadcast(this.begin("Expand", { x }), x.shape, known);
    const vector = this.shapeVector(shape);
    const node = this.begin("Expand", { x, shape: vector });
    node.requireType("shape", "int64");
    if (known !== undefined) return node.output(x.type, broadcast(node, x.shape, known));
    const rank = vector.shape[0];
    if (typeof rank !== "number")
      throw node.error("unsupported", "the number of axes must be known");
    return node.output(x.type, this.freshSizes(Math.max(rank, x.shape.length)));
  }

  /** x laid side by side, so many times along each axis. */
  tile<D extends DataType>(x: Value<D>, repeats: ShapeOperand): Value<D> {
    const known = this.knownSizes(repeats);
    const rank = x.shape.length;
    if (known !== undefined && known.length !== rank) {
      const explanation = `${known.length} repeats do not fit ${rank} axes`;
      throw this.begin("Tile", { x }).error("invalid-argument", explanation);
    }
    const node = this.begin("Tile", { x, repeats: this.shapeVector(repeats) });
    node.requireType("repeats", "int64");
    const shape = known?.map((times, axis) => multiplyDimensions(x.shape[axis] ?? 1, times));
    return node.output(x.type, shape ?? this.freshSizes(rank));
  }

  /** The shape that a reshape's target stands for. */
  #resolve(node: OperatorNode, from: Shape, target: Shape): Shape {
    const wanted = target.map((size, axis) => (size === 0 ? (from[axis] ?? 0) : size));
    const open = wanted.indexOf(-1);
    const invalid = wanted.some((size, axis) => axis !== open && !isValidSize(size));
    if (invalid) {
      throw node.error("invalid-argument", `${formatShape(target)} is not a shape`);
    }
    if (open < 0) {
      if (compareDimensions(elementsOf(from), elementsOf(wanted)) !== "different") return wanted;
      throw node.error("shape-mismatch", `cannot become ${formatShape(target)}`);
    }
    const others = wanted.filter((_, axis) => axis !== open);
    const rest = ratioOfElements(from, others);
    if (rest === undefined && isStaticShape(from) && isStaticShape(others)) {
      throw node.error("shape-mismatch", `cannot become ${formatShape(target)}`);
    }
    return wanted.map((size, axis) => (axis === open ? (rest ?? this.body.unknownSize()) : size));
  }
}

/**
 * The target with as few computed sizes as possible: a symbol that the input has at the same place
 * is written as 0, and one other symbol as -1, so that most reshapes need no arithmetic at run time.
 */
function asConstantTarget(target: Shape, from: Shape): Shape {
  const kept = target.map((size, axis): Dimension => {
    const same = typeof size === "string" && compareDimensions(size, from[axis] ?? 0) === "equal";
    return same ? 0 : size;
  });
  if (kept.includes(-1)) return kept;
  const symbol = kept.findIndex((size) => typeof size === "string");
  return kept.map((size, axis) => (axis === symbol ? -1 : size));
}
