import { integer } from "../core/attributes.js";
import { type DataType, dataTypeCode, type TypeFamily } from "../core/data-types.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import { hasType } from "../core/graph-core.js";
import type { Value } from "../core/value.js";
import { ElementwiseOperators } from "./elementwise.js";

/** Functions of one tensor, element by element; the result has its shape. */
export class UnaryOperators extends ElementwiseOperators {
  sqrt<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Sqrt", x, ["float"]);
  }

  exp<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Exp", x, ["float"]);
  }

  /** Natural logarithm. */
  log<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Log", x, ["float"]);
  }

  neg<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Neg", x, ["float", "integer"]);
  }

  abs<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Abs", x, ["float", "integer"]);
  }

  /** -1, 0 or 1. */
  sign<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Sign", x, ["float", "integer"]);
  }

  sin<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Sin", x, ["float"]);
  }

  cos<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Cos", x, ["float"]);
  }

  tanh<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Tanh", x, ["float"]);
  }

  /** The Gauss error function. */
  erf<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Erf", x, ["float"]);
  }

  sigmoid<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Sigmoid", x, ["float"]);
  }

  relu<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Relu", x, ["float"]);
  }

  /** log(1 + exp(x)). */
  softplus<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Softplus", x, ["float"]);
  }

  floor<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Floor", x, ["float"]);
  }

  ceil<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Ceil", x, ["float"]);
  }

  /** To the nearest integer; halves go to the even one. */
  round<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Round", x, ["float"]);
  }

  /** 1 / x. */
  reciprocal<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Reciprocal", x, ["float"]);
  }

  identity<D extends DataType>(x: Value<D>): Value<D> {
    return this.#apply("Identity", x, ["float", "integer", "bool"]);
  }

  /** The same numbers in another element type; floats become integers by dropping their fraction. */
  cast<D extends DataType>(x: Value, to: D): Value<D> {
    if (hasType(x, to)) return x;
    const node = this.begin("Cast", { x });
    const result = node.output(to, x.shape, { to: integer(dataTypeCode(to)) });
    if (to === "int64") rememberContent(result, contentOf(x));
    return result;
  }

  /** x limited to [low, high]; a limit left out does not limit. */
  clip<D extends DataType>(x: Value<D>, low?: number, high?: number): Value<D> {
    const min = low === undefined ? undefined : this.operand(low, x.type);
    const max = high === undefined ? undefined : this.operand(high, x.type);
    const node = this.begin("Clip", { x, min, max });
    node.requireFamily("x", "float", "integer");
    if (low !== undefined && high !== undefined && low > high) {
      throw node.error(
        "invalid-argument",
        `the lower limit ${low} is above the upper one, ${high}`,
      );
    }
    return node.output(x.type, x.shape);
  }

  /** The value with its element type known to the type checker; refuses any other type. */
  expectType<D extends DataType>(x: Value, type: D): Value<D> {
    if (hasType(x, type)) return x;
    throw this.refuse("type-mismatch", "expectType", `"${x.name}" is ${x.type}, not ${type}`);
  }

  #apply<D extends DataType>(
    operator: string,
    x: Value<D>,
    families: readonly TypeFamily[],
  ): Value<D> {
    const node = this.begin(operator, { x });
    node.requireFamily("x", ...families);
    const result = node.output(x.type, x.shape);
    if (operator === "Identity") rememberContent(result, contentOf(x));
    return result;
  }
}
