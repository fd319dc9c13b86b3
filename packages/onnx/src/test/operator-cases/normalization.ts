import { noise, type OperatorCase } from "../operator-case.js";

const picture = noise([2, 4, 3, 5], { declared: ["batch", 4, "height", "width"] });
const scale = noise([4], { low: 0.5, high: 1.5, seed: 2 });
const bias = noise([4], { seed: 3 });
const tokens = noise([2, 3, 4], { declared: ["batch", "tokens", 4] });

export const normalizationCases: readonly OperatorCase[] = [
  { method: "softmax", label: "last", inputs: { tokens }, build: (g, x) => g.softmax(x("tokens")) },
  {
    method: "logSoftmax",
    label: "middle",
    inputs: { tokens },
    build: (g, x) => g.logSoftmax(x("tokens"), 1),
  },
  {
    method: "layerNormalization",
    label: "last",
    inputs: { tokens, scale, bias },
    build: (g, x) =>
      g.layerNormalization(x("tokens"), { scale: x("scale"), bias: x("bias"), epsilon: 1e-6 }),
  },
  {
    method: "instanceNormalization",
    label: "picture",
    inputs: { picture, scale, bias },
    build: (g, x) => g.instanceNormalization(x("picture"), x("scale"), x("bias")),
  },
  {
    method: "groupNorm",
    label: "affine",
    inputs: { picture, scale, bias },
    build: (g, x) =>
      g.groupNorm(x("picture"), { groups: 2, scale: x("scale"), bias: x("bias"), epsilon: 1e-6 }),
  },
  {
    method: "groupNorm",
    label: "plain",
    inputs: { picture: noise([1, 6, 2, 2]) },
    build: (g, x) => g.groupNorm(x("picture"), { groups: 3 }),
  },
];
