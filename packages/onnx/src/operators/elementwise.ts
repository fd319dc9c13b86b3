import { integer } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import {
  addDimensions,
  type Dimension,
  floorDivideDimension,
  multiplyDimensions,
  subtractDimensions,
} from "../core/dimension.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import { GraphCore } from "../core/graph-core.js";
import type { OperatorNode } from "../core/operator-node.js";
import { broadcastShapes, formatShape, type Shape } from "../core/shape.js";
import type { Operand, Value } from "../core/value.js";

type SizeArithmetic = (left: Dimension, right: Dimension) => Dimension | undefined;

/**
 * Arithmetic on two tensors of one element type, broadcast by numpy's rule. Either side may be a
 * number, which takes the other side's type.
 */
export class ElementwiseOperators extends GraphCore {
  add<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Add", a, b, addDimensions);
  }

  sub<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Sub", a, b, subtractDimensions);
  }

  mul<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Mul", a, b, multiplyDimensions);
  }

  /** a / b; integers are divided towards zero. */
  div<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Div", a, b, divideSizes);
  }

  /** a to the power b. */
  pow<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Pow", a, b);
  }

  /** The rest of a / b, with the sign of b for integers (Python's %) and of a for floats (fmod). */
  mod<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    const [left, right] = this.pair("Mod", a, b);
    const node = this.begin("Mod", { a: left, b: right });
    return this.#broadcast(node, left, right, true);
  }

  /** The smaller of two tensors, element by element. */
  min<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Min", a, b);
  }

  /** The larger of two tensors, element by element. */
  max<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<D> {
    return this.#arithmetic("Max", a, b);
  }

  #arithmetic<D extends DataType>(
    operator: string,
    a: Operand<D>,
    b: Operand<D>,
    sizes?: SizeArithmetic,
  ): Value<D> {
    const [left, right] = this.pair(operator, a, b);
    const node = this.begin(operator, { a: left, b: right });
    const result = this.#broadcast(node, left, right, false);
    if (sizes !== undefined) rememberContent(result, combine(left, right, sizes));
    return result;
  }

  #broadcast<D extends DataType>(
    node: OperatorNode,
    left: Value<D>,
    right: Value<D>,
    isRemainder: boolean,
  ): Value<D> {
    node.requireSameType();
    node.requireFamily("a", "float", "integer");
    const shape = broadcast(node, left.shape, right.shape);
    const isFloat = isRemainder && left.type.includes("float");
    return node.output(left.type, shape, isFloat ? { fmod: integer(1) } : {});
  }
}

/** The common shape, or an error that shows both. */
export function broadcast(node: OperatorNode, ...shapes: readonly Shape[]): Shape {
  return shapes.reduce((left, right) => {
    const shape = broadcastShapes(left, right);
    if (shape !== undefined) return shape;
    throw node.error(
      "shape-mismatch",
      `${formatShape(left)} and ${formatShape(right)} do not broadcast`,
    );
  });
}

function divideSizes(left: Dimension, right: Dimension): Dimension | undefined {
  return typeof right === "number" && right > 0 ? floorDivideDimension(left, right) : undefined;
}

/** The elements of an int64 result, where both sides' are known. */
function combine(left: Value, right: Value, sizes: SizeArithmetic): Shape | undefined {
  const a = contentOf(left);
  const b = contentOf(right);
  if (a === undefined || b === undefined) return undefined;
  const count = Math.max(a.length, b.length);
  const results: Dimension[] = [];
  for (let index = 0; index < count; index += 1) {
    const result = sizes(a[a.length === 1 ? 0 : index] ?? 0, b[b.length === 1 ? 0 : index] ?? 0);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return results;
}
