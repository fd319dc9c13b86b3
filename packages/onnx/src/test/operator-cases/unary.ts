import type { Value } from "../../core/value.js";
import type { GraphBuilder } from "../../graph-builder.js";
import { type CaseInput, noise, numbers, type OperatorCase } from "../operator-case.js";

const x = noise([2, 3, 4], { low: -3, high: 3, declared: ["batch", 3, "width"] });
const positive = noise([2, 3, 4], { low: 0.1, high: 3 });
const integers = numbers([-2, -1, 0, 1, 2], [5], "int64");

function unary(
  method: string,
  build: (g: GraphBuilder, x: Value) => Value,
  input: CaseInput = x,
  label = "float32",
): OperatorCase {
  return { method, label, inputs: { x: input }, build: (g, value) => build(g, value("x")) };
}

export const unaryCases: readonly OperatorCase[] = [
  unary("sqrt", (g, x) => g.sqrt(x), positive),
  unary("exp", (g, x) => g.exp(x)),
  unary("log", (g, x) => g.log(x), positive),
  unary("neg", (g, x) => g.neg(x), integers, "int64"),
  unary("abs", (g, x) => g.abs(x)),
  unary("sign", (g, x) => g.sign(x)),
  unary("sin", (g, x) => g.sin(x)),
  unary("cos", (g, x) => g.cos(x)),
  unary("tanh", (g, x) => g.tanh(x)),
  unary("erf", (g, x) => g.erf(x)),
  unary("sigmoid", (g, x) => g.sigmoid(x)),
  unary("relu", (g, x) => g.relu(x)),
  unary("leakyRelu", (g, x) => g.leakyRelu(x, 0.2)),
  unary("softplus", (g, x) => g.softplus(x)),
  unary("floor", (g, x) => g.floor(x)),
  unary("ceil", (g, x) => g.ceil(x)),
  unary("round", (g, x) => g.round(x), numbers([-1.5, -0.5, 0.5, 1.5, 2.5, 2.6], [6]), "halves"),
  unary("reciprocal", (g, x) => g.reciprocal(x), positive),
  unary("identity", (g, x) => g.identity(x)),
  unary("cast", (g, x) => g.cast(x, "int32"), x, "to int32"),
  unary("cast", (g, x) => g.cast(g.cast(x, "float16"), "float32"), x, "through float16"),
  unary("cast", (g, x) => g.cast(g.cast(x, "bfloat16"), "float32"), x, "through bfloat16"),
  unary("clip", (g, x) => g.clip(x, -1, 1), x, "both"),
  unary("clip", (g, x) => g.clip(x, undefined, 0), x, "upper"),
  unary("silu", (g, x) => g.silu(x)),
  unary("gelu", (g, x) => g.gelu(x), x, "erf"),
  unary("gelu", (g, x) => g.gelu(x, "tanh"), x, "tanh"),
];
