import fc from "fast-check";
import { expect, it } from "vitest";
import { type Axis, cellsOf, isSameParameter } from "./plan.js";

const steps: Axis = { node: "sample", name: "steps", title: "Steps", values: [5, 10] };
const method: Axis = { node: "colour", name: "method", title: "Method", values: ["a", "b", "c"] };

it("runs once for each pair of values, row by row", () => {
  const cells = cellsOf(steps, method);
  expect(cells).toHaveLength(6);
  expect(cells[4]).toEqual({
    row: 1,
    column: 1,
    settings: { "sample.steps": 10, "colour.method": "b" },
  });
});

it("varies one parameter, down or across", () => {
  expect(cellsOf(steps, undefined).map(({ row, column }) => [row, column])).toEqual([
    [0, 0],
    [1, 0],
  ]);
  expect(cellsOf(undefined, method).map(({ column }) => column)).toEqual([0, 1, 2]);
  expect(cellsOf(undefined, undefined)).toEqual([]);
});

it("never runs the same settings twice", () => {
  const values = fc.uniqueArray(fc.integer(), { maxLength: 8 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const cells = cellsOf({ ...steps, values: a }, { ...method, values: b });
      expect(cells).toHaveLength(a.length * b.length);
      expect(new Set(cells.map(({ settings }) => JSON.stringify(settings))).size).toBe(
        cells.length,
      );
    }),
  );
});

it("notices that both axes vary the same parameter", () => {
  expect(isSameParameter(steps, { ...steps, values: [1] })).toBe(true);
  expect(isSameParameter(steps, method)).toBe(false);
  expect(isSameParameter(steps, undefined)).toBe(false);
});
