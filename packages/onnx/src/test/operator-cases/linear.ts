import { noise, type OperatorCase } from "../operator-case.js";

const tokens = noise([2, 5, 4], { declared: ["batch", "tokens", 4] });
const matrix = noise([4, 3], { seed: 2 });

export const linearCases: readonly OperatorCase[] = [
  {
    method: "matMul",
    label: "batch",
    inputs: { tokens, matrix },
    build: (g, x) => g.matMul(x("tokens"), x("matrix")),
  },
  {
    method: "matMul",
    label: "vector",
    inputs: { tokens, v: noise([4]) },
    build: (g, x) => g.matMul(x("tokens"), x("v")),
  },
  {
    method: "gemm",
    label: "transposed",
    inputs: { a: noise([2, 4]), b: noise([3, 4], { seed: 3 }), bias: noise([3]) },
    build: (g, x) =>
      g.gemm(x("a"), x("b"), { bias: x("bias"), transposeB: true, alpha: 0.5, beta: 2 }),
  },
  {
    method: "linear",
    label: "bias",
    inputs: { tokens, weight: noise([6, 4], { seed: 4 }), bias: noise([6]) },
    build: (g, x) => g.linear(x("tokens"), x("weight"), x("bias")),
  },
  {
    method: "einsum",
    label: "attention",
    inputs: {
      q: noise([1, 2, 3, 4], { declared: [1, 2, "tokens", 4] }),
      k: noise([1, 2, 5, 4], { seed: 2 }),
    },
    build: (g, x) => g.einsum("bhid,bhjd->bhij", x("q"), x("k")),
  },
];
