import { noise, numbers, type OperatorCase } from "../operator-case.js";

const x = noise([2, 3, 4], { declared: ["batch", 3, "width"] });

export const reductionCases: readonly OperatorCase[] = [
  {
    method: "reduceMean",
    label: "spatial",
    inputs: { x },
    build: (g, x) => g.reduceMean(x("x"), { axes: [1, 2] }),
  },
  { method: "reduceMean", label: "all", inputs: { x }, build: (g, x) => g.reduceMean(x("x")) },
  {
    method: "reduceSum",
    label: "last",
    inputs: { x },
    build: (g, x) => g.reduceSum(x("x"), { axes: -1, keepAxes: false }),
  },
  {
    method: "reduceMax",
    label: "middle",
    inputs: { x },
    build: (g, x) => g.reduceMax(x("x"), { axes: 1 }),
  },
  {
    method: "reduceMin",
    label: "first",
    inputs: { x },
    build: (g, x) => g.reduceMin(x("x"), { axes: 0, keepAxes: false }),
  },
  {
    method: "reduceProd",
    label: "integers",
    inputs: { x: numbers([1, 2, 3, 4], [4], "int64") },
    build: (g, x) => g.reduceProd(x("x"), { axes: 0 }),
  },
  {
    method: "reduceL2",
    label: "last",
    inputs: { x },
    build: (g, x) => g.reduceL2(x("x"), { axes: 2 }),
  },
  {
    method: "argMax",
    label: "drop",
    inputs: { x },
    build: (g, x) => g.argMax(x("x"), { axis: 1, keepAxis: false }),
  },
  {
    method: "argMin",
    label: "keep",
    inputs: { x },
    build: (g, x) => g.argMin(x("x"), { axis: -1 }),
  },
  { method: "cumSum", label: "last", inputs: { x }, build: (g, x) => g.cumSum(x("x"), -1) },
  {
    method: "topK",
    label: "two",
    inputs: { x },
    build: (g, x) => {
      const { values, indices } = g.topK(x("x"), 2, 1);
      return [values, indices];
    },
  },
];
