import { integer } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import { canonicalDimension, type Dimension, toPolynomial } from "../core/dimension.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import { symbolsOf } from "../core/polynomial.js";
import {
  arrayDataType,
  bytesOf,
  elementCount,
  encodeNumbers,
  isExternal,
  type NumericArray,
  type TensorSource,
} from "../core/tensor-source.js";
import { isValue, type ShapeOperand, type Value } from "../core/value.js";
import { ComparisonOperators } from "./comparison.js";

/** Tensors that do not depend on the graph's inputs, and the sizes that shapes are made of. */
export class ConstantOperators extends ComparisonOperators {
  /** A tensor of the array's numbers, in row-major order. Without a type, the array's own. */
  constant(data: Float32Array, shape: readonly number[]): Value<"float32">;
  constant(data: BigInt64Array, shape: readonly number[]): Value<"int64">;
  constant(data: Int32Array, shape: readonly number[]): Value<"int32">;
  constant(data: NumericArray, shape: readonly number[]): Value;
  constant<D extends DataType>(
    data: readonly number[],
    shape: readonly number[],
    type: D,
  ): Value<D>;
  constant(
    data: NumericArray | readonly number[],
    shape: readonly number[],
    type: DataType = "float32",
  ): Value {
    if (data.length !== elementCount(shape)) {
      const explanation = `${data.length} numbers do not fill shape [${shape.join(", ")}]`;
      throw this.refuse("shape-mismatch", "constant", explanation);
    }
    const tensor = ArrayBuffer.isView(data)
      ? { type: arrayDataType(data), shape, bytes: new Uint8Array(bytesOf(data)) }
      : { type, shape, bytes: encodeNumbers(data, type) };
    const value = this.store(this.qualify("constant"), tensor);
    if (tensor.type === "int64" && shape.length <= 1) rememberContent(value, [...data].map(Number));
    return value;
  }

  /** A tensor without axes; float32 unless told otherwise. */
  scalar(value: number): Value<"float32">;
  scalar<D extends DataType>(value: number, type: D): Value<D>;
  scalar(value: number, type: DataType = "float32"): Value {
    return this.numbers([value], type, []);
  }

  /**
   * A stored tensor in its stored type. Bytes of an external tensor stay in their file. The same
   * place in the same file is written once, however often it is asked for.
   */
  initializer<D extends DataType>(tensor: TensorSource<D>, name?: string): Value<D> {
    const label = name ?? tensor.name ?? this.qualify("initializer");
    if (!isExternal(tensor)) return this.store(label, tensor);
    const key = `file/${tensor.path}/${tensor.offset}/${tensor.type}/${tensor.shape.join("x")}`;
    return this.shared(key, tensor.type, () => this.store(label, tensor));
  }

  /** A stored tensor as float32: half-precision weights are widened when the session loads. */
  weight(tensor: TensorSource, name?: string): Value<"float32"> {
    const stored = this.initializer(tensor, name);
    // In the main graph, so that a loop's body does not widen it again in every iteration.
    const main = new ConstantOperators(this.body.root, this.prefix);
    return this.shared(`weight/${stored.name}`, "float32", () => main.cast(stored, "float32"));
  }

  /** One size of a shape, as an int64 vector of one element that the graph computes. */
  size(dimension: Dimension): Value<"int64"> {
    const canonical = canonicalDimension(dimension);
    if (typeof canonical === "number") return this.int64Vector([canonical]);
    const value = this.shared(`size/${canonical}`, "int64", () => this.#computeSize(canonical));
    rememberContent(value, [canonical]);
    return value;
  }

  /** A shape as an int64 vector: stored when it is known, else computed from the inputs' shapes. */
  protected shapeVector(shape: ShapeOperand): Value {
    if (isValue(shape)) return shape;
    const numbers = shape.filter((size) => typeof size === "number");
    if (numbers.length === shape.length) return this.int64Vector(numbers);
    const parts = Object.fromEntries(
      shape.map((size, index) => [`size${index}`, this.size(size)] as const),
    );
    const node = this.begin("Concat", parts);
    const vector = node.output("int64", [shape.length], { axis: integer(0) });
    rememberContent(vector, shape);
    return vector;
  }

  /** The sizes in a shape operand, where they are known. */
  protected knownSizes(shape: ShapeOperand): readonly Dimension[] | undefined {
    return isValue(shape) ? contentOf(shape) : shape.map(canonicalDimension);
  }

  #computeSize(dimension: string): Value<"int64"> {
    const origin = this.body.originOf(dimension);
    if (origin !== undefined) {
      const node = this.begin("Shape", { x: origin.value });
      const range = { start: integer(origin.axis), end: integer(origin.axis + 1) };
      return node.output("int64", [1], range);
    }
    const terms = [...toPolynomial(dimension)].map(([product, factor]) =>
      symbolsOf(product)
        .map((symbol) => this.#sizeOfSymbol(symbol, dimension))
        .reduce<Value<"int64">>((left, right) => this.mul(left, right), this.size(factor)),
    );
    return terms.reduce((left, right) => this.add(left, right));
  }

  #sizeOfSymbol(symbol: string, dimension: string): Value<"int64"> {
    if (this.body.originOf(symbol) !== undefined) return this.size(symbol);
    const quotient = /^floor\((.+)\/(\d+)\)$/.exec(symbol);
    if (quotient?.[1] !== undefined) {
      return this.div(this.size(withoutParentheses(quotient[1])), Number(quotient[2]));
    }
    const explanation = `no tensor in reach has the size "${symbol}" of "${dimension}"`;
    throw this.refuse("invalid-argument", "size", explanation);
  }
}

function withoutParentheses(text: string): string {
  return text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
}
