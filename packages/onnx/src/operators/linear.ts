import { float, integer, text } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { compareDimensions, type Dimension, moreSpecific } from "../core/dimension.js";
import type { OperatorNode } from "../core/operator-node.js";
import { formatShape, type Shape } from "../core/shape.js";
import type { Value } from "../core/value.js";
import { broadcast } from "./elementwise.js";
import { GeneratorOperators } from "./generators.js";

export interface GemmOptions<D extends DataType = DataType> {
  /** Added to the product; broadcast to its shape. */
  readonly bias?: Value<D>;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  readonly alpha?: number;
  readonly beta?: number;
}

/** Products of matrices. */
export class LinearOperators extends GeneratorOperators {
  /** Products of the matrices in the last two axes; the axes before them are broadcast. */
  matMul<D extends DataType>(a: Value<D>, b: Value<D>): Value<D> {
    const node = this.begin("MatMul", { a, b });
    node.requireSameType();
    node.requireRank("a", 1, Number.POSITIVE_INFINITY);
    node.requireRank("b", 1, Number.POSITIVE_INFINITY);
    return node.output(a.type, matrixProduct(node, a.shape, b.shape));
  }

  /** alpha * A * B + beta * bias, for two matrices, each transposed first if told so. */
  gemm<D extends DataType>(a: Value<D>, b: Value<D>, options: GemmOptions<D> = {}): Value<D> {
    const { bias, transposeA = false, transposeB = false, alpha = 1, beta = 1 } = options;
    const node = this.begin("Gemm", { a, b, bias });
    node.requireSameType();
    node.requireRank("a", 2);
    node.requireRank("b", 2);
    const left = transposeA ? a.shape.toReversed() : a.shape;
    const right = transposeB ? b.shape.toReversed() : b.shape;
    const shape = matrixProduct(node, left, right);
    if (bias !== undefined) broadcast(node, shape, bias.shape);
    return node.output(a.type, shape, {
      alpha: float(alpha),
      beta: float(beta),
      transA: integer(transposeA ? 1 : 0),
      transB: integer(transposeB ? 1 : 0),
    });
  }

  /** x times the transposed weight [outputs, inputs], plus bias: a fully connected layer on the last axis. */
  linear<D extends DataType>(x: Value<D>, weight: Value<D>, bias?: Value<D>): Value<D> {
    const product = this.matMul(x, this.transpose(weight, [1, 0]));
    return bias === undefined ? product : this.add(product, bias);
  }

  /** Einstein's summation: "bhid,bhjd->bhij". Letters only, no ellipsis. */
  einsum<D extends DataType>(equation: string, ...operands: readonly Value<D>[]): Value<D> {
    const named = Object.fromEntries(operands.map((value, index) => [`operand ${index}`, value]));
    const node = this.begin("Einsum", named);
    node.requireSameType();
    const [first] = operands;
    if (first === undefined) throw node.error("invalid-argument", "there is no operand");
    const shape = einsumShape(node, equation, operands);
    return node.output(first.type, shape, { equation: text(equation) });
  }
}

function matrixProduct(node: OperatorNode, a: Shape, b: Shape): Shape {
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const inner = left.at(-1) ?? 1;
  const matching = right.at(-2) ?? 1;
  if (compareDimensions(inner, matching) === "different") {
    const explanation = `cannot multiply ${formatShape(a)} by ${formatShape(b)}: ${inner} columns, ${matching} rows`;
    throw node.error("shape-mismatch", explanation);
  }
  const batch = broadcast(node, left.slice(0, -2), right.slice(0, -2));
  const rows = a.length === 1 ? [] : left.slice(-2, -1);
  const columns = b.length === 1 ? [] : right.slice(-1);
  return [...batch, ...rows, ...columns];
}

function einsumShape(node: OperatorNode, equation: string, operands: readonly Value[]): Shape {
  const parsed = /^([a-zA-Z,]+)->([a-zA-Z]*)$/.exec(equation.replaceAll(" ", ""));
  const terms = parsed?.[1]?.split(",") ?? [];
  if (parsed === null || terms.length !== operands.length) {
    const explanation = `"${equation}" does not describe ${operands.length} operands and a result`;
    throw node.error("invalid-argument", explanation);
  }
  const sizes = new Map<string, Dimension>();
  for (const [index, term] of terms.entries()) {
    collectSizes(node, term, operands[index]?.shape ?? [], sizes);
  }
  return [...(parsed[2] ?? "")].map((letter) => {
    const size = sizes.get(letter);
    if (size !== undefined) return size;
    throw node.error("invalid-argument", `"${letter}" of the result is in no operand`);
  });
}

function collectSizes(
  node: OperatorNode,
  term: string,
  shape: Shape,
  sizes: Map<string, Dimension>,
): void {
  if (term.length !== shape.length) {
    throw node.error("shape-mismatch", `"${term}" does not fit ${formatShape(shape)}`);
  }
  for (const [axis, letter] of [...term].entries()) {
    const size = shape[axis] ?? 1;
    const known = sizes.get(letter) ?? size;
    if (compareDimensions(known, size) === "different") {
      throw node.error("shape-mismatch", `"${letter}" is both ${known} and ${size}`);
    }
    sizes.set(letter, moreSpecific(known, size));
  }
}
