import type { DataType } from "../core/data-types.js";
import type { Operand, Value } from "../core/value.js";
import { broadcast } from "./elementwise.js";
import { UnaryOperators } from "./unary.js";

/** Comparisons and logic, broadcast by numpy's rule; results are of type bool. */
export class ComparisonOperators extends UnaryOperators {
  equal<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<"bool"> {
    return this.#compare("Equal", a, b);
  }

  less<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<"bool"> {
    return this.#compare("Less", a, b);
  }

  greater<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<"bool"> {
    return this.#compare("Greater", a, b);
  }

  lessOrEqual<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<"bool"> {
    return this.#compare("LessOrEqual", a, b);
  }

  greaterOrEqual<D extends DataType>(a: Operand<D>, b: Operand<D>): Value<"bool"> {
    return this.#compare("GreaterOrEqual", a, b);
  }

  and(a: Value, b: Value): Value<"bool"> {
    return this.#logic("And", a, b);
  }

  or(a: Value, b: Value): Value<"bool"> {
    return this.#logic("Or", a, b);
  }

  not(x: Value): Value<"bool"> {
    const node = this.begin("Not", { x });
    node.requireType("x", "bool");
    return node.output("bool", x.shape);
  }

  isNaN(x: Value): Value<"bool"> {
    const node = this.begin("IsNaN", { x });
    node.requireFamily("x", "float");
    return node.output("bool", x.shape);
  }

  /** a where the condition holds, b elsewhere; all three are broadcast. */
  where<D extends DataType>(condition: Value, a: Operand<D>, b: Operand<D>): Value<D> {
    const [left, right] = this.pair("Where", a, b);
    const node = this.begin("Where", { condition, a: left, b: right });
    node.requireType("condition", "bool");
    if (left.type !== right.type) {
      throw node.error("type-mismatch", "a and b must be of one element type; add a cast");
    }
    return node.output(left.type, broadcast(node, condition.shape, left.shape, right.shape));
  }

  #compare<D extends DataType>(operator: string, a: Operand<D>, b: Operand<D>): Value<"bool"> {
    const [left, right] = this.pair(operator, a, b);
    const node = this.begin(operator, { a: left, b: right });
    node.requireSameType();
    if (operator !== "Equal") node.requireFamily("a", "float", "integer");
    return node.output("bool", broadcast(node, left.shape, right.shape));
  }

  #logic(operator: string, a: Value, b: Value): Value<"bool"> {
    const node = this.begin(operator, { a, b });
    node.requireType("a", "bool");
    node.requireType("b", "bool");
    return node.output("bool", broadcast(node, a.shape, b.shape));
  }
}
