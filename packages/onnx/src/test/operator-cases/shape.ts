import { noise, numbers, type OperatorCase } from "../operator-case.js";

const x = noise([2, 3, 4], { declared: ["batch", 3, "width"] });
const picture = noise([1, 4, 6, 8], { declared: [1, 4, "height", "width"] });

export const shapeCases: readonly OperatorCase[] = [
  { method: "shape", label: "symbols", inputs: { x }, build: (g, x) => g.shape(x("x")) },
  { method: "reshape", label: "rest", inputs: { x }, build: (g, x) => g.reshape(x("x"), [0, -1]) },
  {
    method: "reshape",
    label: "windows",
    inputs: { picture },
    build: (g, x) => g.reshape(x("picture"), [4, "height/2", 2, "width/2", 2]),
  },
  {
    method: "reshape",
    label: "computed shape",
    inputs: { x },
    build: (g, x) =>
      g.reshape(
        x("x"),
        g.concat(
          [g.slice(g.shape(x("x")), { axis: 0, start: 2 }), g.constant(BigInt64Array.of(-1n), [1])],
          0,
        ),
      ),
  },
  {
    method: "reshape",
    label: "arithmetic",
    inputs: { x },
    build: (g, x) => {
      const merged = g.mul(g.gather(g.shape(x("x")), 0), g.gather(g.shape(x("x")), 1));
      return g.reshape(x("x"), g.concat([g.unsqueeze(merged, 0), g.size("width")], 0));
    },
  },
  { method: "flatten", label: "from 2", inputs: { x }, build: (g, x) => g.flatten(x("x"), 2) },
  {
    method: "transpose",
    label: "rotate",
    inputs: { x },
    build: (g, x) => g.transpose(x("x"), [2, 0, 1]),
  },
  {
    method: "unsqueeze",
    label: "two",
    inputs: { x },
    build: (g, x) => g.unsqueeze(x("x"), [0, -1]),
  },
  {
    method: "squeeze",
    label: "two",
    inputs: { x: noise([1, 3, 1, 2]) },
    build: (g, x) => g.squeeze(x("x"), [0, 2]),
  },
  {
    method: "expand",
    label: "symbols",
    inputs: { x, row: noise([3, 1]) },
    build: (g, x) => g.expand(x("row"), ["batch", 3, "width"]),
  },
  { method: "expand", label: "up", inputs: { x }, build: (g, x) => g.expand(x("x"), [5, 1, 1, 1]) },
  { method: "tile", label: "axes", inputs: { x }, build: (g, x) => g.tile(x("x"), [2, 1, 3]) },
  {
    method: "size",
    label: "product",
    inputs: { picture },
    build: (g, x) => [g.size("height*width*2+1"), g.identity(x("picture"))],
  },
  {
    method: "concat",
    label: "symbolic axis",
    inputs: { x, y: noise([2, 3, 2], { declared: ["batch", 3, "more"] }) },
    build: (g, x) => g.concat([x("x"), x("y")], -1),
  },
  { method: "split", label: "sizes", inputs: { x }, build: (g, x) => g.split(x("x"), [1, 2], 1) },
  {
    method: "split",
    label: "equal",
    inputs: { picture },
    build: (g, x) => g.split(x("picture"), 2, 1),
  },
  {
    method: "pad",
    label: "constant",
    inputs: { x },
    build: (g, x) => g.pad(x("x"), [0, 1, 2], [0, 0, 1], { value: 0.5 }),
  },
  {
    method: "pad",
    label: "reflect",
    inputs: { picture },
    build: (g, x) => g.pad(x("picture"), [0, 0, 2, 1], [0, 0, 3, 2], { mode: "reflect" }),
  },
  {
    method: "pad",
    label: "edge to symbol",
    inputs: { picture },
    build: (g, x) => g.pad(x("picture"), [0, 0, 0, 0], [0, 0, "height", 2], { mode: "edge" }),
  },
  {
    method: "slice",
    label: "two axes",
    inputs: { picture },
    build: (g, x) =>
      g.slice(x("picture"), [
        { axis: 2, start: 1, end: -1 },
        { axis: 3, step: 2 },
      ]),
  },
  {
    method: "slice",
    label: "symbolic end",
    inputs: { picture },
    build: (g, x) => g.slice(x("picture"), { axis: 3, end: "height" }),
  },
  {
    method: "slice",
    label: "computed start",
    inputs: { picture, at: numbers([2], [1], "int64") },
    build: (g, x) => g.slice(x("picture"), { axis: 3, start: x("at"), end: g.add(x("at"), 3) }),
  },
  {
    method: "gather",
    label: "indices",
    inputs: { x, at: numbers([2, 0], [2], "int64") },
    build: (g, x) => g.gather(x("x"), x("at"), 1),
  },
  { method: "gather", label: "number", inputs: { x }, build: (g, x) => g.gather(x("x"), -1, 1) },
  {
    method: "gatherElements",
    label: "axis 1",
    inputs: { x: noise([2, 3]), at: numbers([2, 0, 1, 1], [2, 2], "int64") },
    build: (g, x) => g.gatherElements(x("x"), x("at"), 1),
  },
  {
    method: "gatherND",
    label: "pairs",
    inputs: { x: noise([2, 3, 4]), at: numbers([1, 2, 0, 1], [2, 2], "int64") },
    build: (g, x) => g.gatherND(x("x"), x("at")),
  },
  {
    method: "scatterND",
    label: "rows",
    inputs: {
      x: noise([4, 3]),
      at: numbers([3, 1], [2, 1], "int64"),
      rows: noise([2, 3], { seed: 5 }),
    },
    build: (g, x) => g.scatterND(x("x"), x("at"), x("rows")),
  },
  {
    method: "scatterND",
    label: "add",
    inputs: {
      x: noise([4, 3]),
      at: numbers([3, 3], [2, 1], "int64"),
      rows: noise([2, 3], { seed: 5 }),
    },
    build: (g, x) => g.scatterND(x("x"), x("at"), x("rows"), "add"),
  },
  {
    method: "depthToSpace",
    label: "channels first",
    inputs: { picture },
    build: (g, x) => g.depthToSpace(x("picture"), 2),
  },
  {
    method: "depthToSpace",
    label: "depth first",
    inputs: { picture },
    build: (g, x) => g.depthToSpace(x("picture"), 2, "depth-first"),
  },
  {
    method: "spaceToDepth",
    label: "symbols",
    inputs: { picture },
    build: (g, x) => g.spaceToDepth(x("picture"), 2),
  },
];
