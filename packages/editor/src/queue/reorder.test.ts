import fc from "fast-check";
import { expect, it } from "vitest";
import { afterMove, moveTo, placeAt } from "./reorder.js";

const ids = ["a", "b", "c", "d"];

it.each([
  [0, 1, { id: "a", before: "c" }],
  [0, 3, { id: "a", before: null }],
  [3, 0, { id: "d", before: "a" }],
  [2, 1, { id: "c", before: "b" }],
  [1, 9, { id: "b", before: null }],
  [1, 1, undefined],
  [0, -1, undefined],
  [7, 0, undefined],
])("moves place %d to %d", (from, to, move) => {
  expect(moveTo(ids, from, to)).toEqual(move);
});

it("puts the job where it was asked to be, and keeps the order of the others", () => {
  const unique = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(unique, fc.nat(11), fc.nat(11), (list, a, b) => {
      const [from, to] = [a % list.length, b % list.length];
      const move = moveTo(list, from, to);
      const after = move === undefined ? list : afterMove(list, move);
      expect(after[to]).toBe(list[from]);
      const others = (all: readonly string[]) => all.filter((id) => id !== list[from]);
      expect(others(after)).toEqual(others(list));
    }),
  );
});

it("keeps the list where the job before which to go has left it", () => {
  expect(afterMove(ids, { id: "a", before: "gone" })).toEqual(ids);
});

it("finds the place under a dragged row", () => {
  const rows = [0, 40, 80, 120].map((top) => ({ top, bottom: top + 40 }));
  expect([10, 50, 70, 110, 500].map((y) => placeAt(rows, 0, y))).toEqual([0, 0, 1, 2, 3]);
  expect([10, 30, 50, 170].map((y) => placeAt(rows, 3, y))).toEqual([0, 1, 1, 3]);
});
