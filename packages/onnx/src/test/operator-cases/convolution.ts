import { noise, type OperatorCase } from "../operator-case.js";

const picture = noise([1, 4, 7, 8], { declared: ["batch", 4, "height", "width"] });
const fixed = noise([1, 4, 6, 8]);
const weight = noise([6, 4, 3, 3], { seed: 2 });
const bias = noise([6], { seed: 3 });

export const convolutionCases: readonly OperatorCase[] = [
  {
    method: "conv",
    label: "same",
    inputs: { picture, weight, bias },
    build: (g, x) => g.conv(x("picture"), x("weight"), { bias: x("bias"), pads: 1 }),
  },
  {
    method: "conv",
    label: "strided",
    inputs: { picture, weight },
    build: (g, x) => g.conv(x("picture"), x("weight"), { strides: 2, pads: [0, 1, 1, 1] }),
  },
  {
    method: "conv",
    label: "depthwise dilated",
    inputs: { picture, weight: noise([4, 1, 3, 3]) },
    build: (g, x) => g.conv(x("picture"), x("weight"), { group: 4, dilations: 2, pads: 2 }),
  },
  {
    method: "conv",
    label: "one axis",
    inputs: { x: noise([1, 4, 9]), weight: noise([2, 4, 3]) },
    build: (g, x) => g.conv(x("x"), x("weight")),
  },
  {
    method: "convTranspose",
    label: "doubling",
    inputs: { picture, weight: noise([4, 3, 4, 4]), bias: noise([3]) },
    build: (g, x) =>
      g.convTranspose(x("picture"), x("weight"), { bias: x("bias"), strides: 2, pads: 1 }),
  },
  {
    method: "convTranspose",
    label: "output padding",
    inputs: { picture, weight: noise([4, 3, 3, 3]) },
    build: (g, x) =>
      g.convTranspose(x("picture"), x("weight"), { strides: 2, pads: 1, outputPadding: 1 }),
  },
  {
    method: "averagePool",
    label: "strided",
    inputs: { picture },
    build: (g, x) => g.averagePool(x("picture"), { kernel: 3, strides: 2, pads: 1 }),
  },
  {
    method: "maxPool",
    label: "window",
    inputs: { picture },
    build: (g, x) => g.maxPool(x("picture"), { kernel: [3, 2], strides: [1, 2] }),
  },
  {
    method: "globalAveragePool",
    label: "symbols",
    inputs: { picture },
    build: (g, x) => g.globalAveragePool(x("picture")),
  },
  {
    method: "resize",
    label: "nearest",
    inputs: { picture },
    build: (g, x) =>
      g.resize(x("picture"), { scales: [1, 1, 2, 2], coordinates: "asymmetric", nearest: "floor" }),
  },
  {
    method: "resize",
    label: "linear to symbols",
    inputs: { picture },
    build: (g, x) =>
      g.resize(x("picture"), { sizes: ["batch", 4, "width", "height"], mode: "linear" }),
  },
  {
    method: "resize",
    label: "cubic",
    inputs: { fixed },
    build: (g, x) =>
      g.resize(x("fixed"), { scales: [1, 1, 1.5, 0.5], mode: "cubic", cubicCoefficient: -0.5 }),
  },
  {
    method: "resize",
    label: "antialias",
    inputs: { fixed },
    build: (g, x) => g.resize(x("fixed"), { sizes: [1, 4, 3, 4], mode: "linear", antialias: true }),
    opsets: [18, 20],
  },
  {
    method: "gridSample",
    label: "border",
    inputs: { fixed, grid: noise([1, 3, 2, 2]) },
    build: (g, x) => g.gridSample(x("fixed"), x("grid"), { padding: "border" }),
    opsets: [20],
  },
  {
    method: "gridSample",
    label: "old mode names",
    inputs: { fixed, grid: noise([1, 3, 2, 2]) },
    build: (g, x) => g.gridSample(x("fixed"), x("grid"), { padding: "border" }),
    opsets: [17],
    withoutReference: "it knows only the mode names of opset 20",
  },
];
