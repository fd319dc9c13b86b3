import { noise, numbers, type OperatorCase } from "../operator-case.js";

const a = noise([2, 3, 4], { seed: 1, declared: ["batch", 3, "width"] });
const b = noise([3, 1], { seed: 2 });
const positive = noise([2, 3, 4], { low: 0.1, high: 3, seed: 3 });
const integers = numbers([7, -7, 5, -5], [4], "int64");
const divisors = numbers([3, 3, -3, -3], [4], "int64");

export const elementwiseCases: readonly OperatorCase[] = [
  { method: "add", label: "broadcast", inputs: { a, b }, build: (g, x) => g.add(x("a"), x("b")) },
  {
    method: "add",
    label: "two symbols",
    inputs: {
      a: noise([2, 3], { declared: ["rows", "columns"] }),
      b: noise([1, 3], { declared: ["others", "columns"] }),
    },
    build: (g, x) => g.add(x("a"), x("b")),
  },
  { method: "sub", label: "number first", inputs: { a }, build: (g, x) => g.sub(1, x("a")) },
  { method: "mul", label: "number", inputs: { a }, build: (g, x) => g.mul(x("a"), 0.5) },
  {
    method: "mul",
    label: "float16",
    inputs: { a: numbers([1, 2.5, -3], [3], "float16") },
    build: (g, x) => g.mul(x("a"), 0.5),
  },
  {
    method: "div",
    label: "floats",
    inputs: { a, positive },
    build: (g, x) => g.div(x("a"), x("positive")),
  },
  {
    method: "div",
    label: "integers",
    inputs: { integers, divisors },
    build: (g, x) => g.div(x("integers"), x("divisors")),
  },
  {
    method: "pow",
    label: "number",
    inputs: { positive },
    build: (g, x) => g.pow(x("positive"), 2.5),
  },
  {
    method: "mod",
    label: "integers",
    inputs: { integers, divisors },
    build: (g, x) => g.mod(x("integers"), x("divisors")),
  },
  {
    method: "mod",
    label: "floats",
    inputs: { a: noise([8], { low: -5, high: 5 }) },
    build: (g, x) => g.mod(x("a"), 1.5),
  },
  { method: "min", label: "broadcast", inputs: { a, b }, build: (g, x) => g.min(x("a"), x("b")) },
  { method: "max", label: "number", inputs: { a }, build: (g, x) => g.max(x("a"), 0.25) },
  {
    method: "equal",
    label: "integers",
    inputs: { integers },
    build: (g, x) => g.equal(x("integers"), 7),
  },
  { method: "less", label: "broadcast", inputs: { a, b }, build: (g, x) => g.less(x("a"), x("b")) },
  { method: "greater", label: "number", inputs: { a }, build: (g, x) => g.greater(x("a"), 0) },
  {
    method: "lessOrEqual",
    label: "integers",
    inputs: { integers, divisors },
    build: (g, x) => g.lessOrEqual(x("integers"), x("divisors")),
  },
  {
    method: "greaterOrEqual",
    label: "number first",
    inputs: { a },
    build: (g, x) => g.greaterOrEqual(0.1, x("a")),
  },
  {
    method: "and",
    label: "broadcast",
    inputs: { a, b },
    build: (g, x) => g.and(g.less(x("a"), 0.5), g.less(x("b"), 0)),
  },
  {
    method: "or",
    label: "broadcast",
    inputs: { a, b },
    build: (g, x) => g.or(g.greater(x("a"), 0.5), g.less(x("b"), 0)),
  },
  { method: "not", label: "bool", inputs: { a }, build: (g, x) => g.not(g.less(x("a"), 0)) },
  {
    method: "isNaN",
    label: "one",
    inputs: { a: numbers([1, Number.NaN, 3], [3]) },
    build: (g, x) => g.isNaN(x("a")),
  },
  {
    method: "where",
    label: "broadcast",
    inputs: { a, b },
    build: (g, x) => g.where(g.less(x("b"), 0), x("a"), -1),
  },
];
