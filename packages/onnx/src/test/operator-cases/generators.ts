import { noise, numbers, type OperatorCase } from "../operator-case.js";

const x = noise([2, 3], { declared: ["rows", 3] });

export const generatorCases: readonly OperatorCase[] = [
  {
    method: "constant",
    label: "floats",
    inputs: { x },
    build: (g, x) => g.add(x("x"), g.constant(Float32Array.of(1, 2, 3), [3])),
  },
  {
    method: "constant",
    label: "numbers as bool",
    inputs: { x },
    build: (g, x) => g.where(g.constant([1, 0, 1], [3], "bool"), x("x"), 0),
  },
  {
    method: "scalar",
    label: "int64",
    inputs: { x },
    build: (g, x) => g.gather(x("x"), g.scalar(1, "int64"), 1),
  },
  {
    method: "initializer",
    label: "uint8",
    inputs: { x },
    build: (g, x) => {
      const stored = { type: "uint8", shape: [3], bytes: Uint8Array.of(1, 2, 255) } as const;
      return g.add(x("x"), g.cast(g.initializer(stored, "table"), "float32"));
    },
  },
  {
    method: "weight",
    label: "float16",
    inputs: { x },
    build: (g, x) =>
      g.mul(
        x("x"),
        g.weight({ type: "float16", shape: [1], bytes: Uint8Array.of(0x00, 0x3e) }, "half"),
      ),
  },
  {
    method: "range",
    label: "computed limit",
    inputs: { x },
    build: (g, x) => {
      const width = g.squeeze(g.size("rows"), 0);
      return [g.range(0, width), g.range(1, g.scalar(7, "int64"), 2), g.identity(x("x"))];
    },
  },
  {
    method: "constantOfShape",
    label: "symbols",
    inputs: { x },
    build: (g, x) => g.add(x("x"), g.constantOfShape(["rows", 1], 0.25)),
  },
  {
    method: "constantOfShape",
    label: "integers",
    inputs: { x },
    build: (g, x) => g.constantOfShape(g.shape(x("x")), 3, "int64"),
  },
  {
    method: "trilu",
    label: "lower",
    inputs: { x: noise([2, 4, 4]) },
    build: (g, x) => g.trilu(x("x"), "lower"),
  },
  {
    method: "trilu",
    label: "upper",
    inputs: { x: noise([4, 5]) },
    build: (g, x) => g.trilu(x("x"), "upper", 1),
  },
  {
    method: "oneHot",
    label: "depth 4",
    inputs: { x: numbers([3, 0, 1], [3], "int64") },
    build: (g, x) => g.oneHot(x("x"), 4),
  },
];
