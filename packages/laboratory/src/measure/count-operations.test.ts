import type { TensorProgram } from "@diopter/engine";
import { expect, test } from "vitest";
import { costOf, countedProgram } from "./count-operations.js";

const weight = (shape: readonly number[], offset: number) => ({
  type: "float32" as const,
  shape,
  path: "/models/a.safetensors",
  offset,
  byteLength: 4 * shape.reduce((product, size) => product * size, 1),
});

const program: TensorProgram = {
  key: "counted",
  build(graph) {
    const x = graph.input("x", "float32", ["batch", 4, "height", "width"]);
    const grouped = graph.conv(x, graph.initializer(weight([8, 2, 3, 3], 0)), {
      pads: 1,
      strides: 2,
      group: 2,
    });
    const table = graph.input("table", "float32", ["rows", 16]);
    const product = graph.matMul(table, graph.initializer(weight([16, 5], 1000)));
    graph.conv(x, graph.initializer(weight([9, 4, 1, 1], 5000)));
    graph.output("y", graph.mul(grouped, 2));
    graph.output("z", product);
  },
};

test("counts convolutions and products at the sizes of the inputs, and weights once", () => {
  const shapes = { x: [2, 4, 10, 6], table: [7, 16] };
  expect(costOf(countedProgram(program), shapes)).toEqual({
    // Half as high and wide; each result takes 2 channels × 9. Then 7 × 5 results of 16 each.
    macs: 2 * 8 * 5 * 3 * 2 * 9 + 7 * 5 * 16,
    // What no output needs does not count.
    parameters: 8 * 2 * 9 + 16 * 5,
    complete: true,
  });
});
