import { checkParameter } from "@diopter/engine/editing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginDrag, moveDrag } from "./number-drag.js";
import { type NumberParameter, nearestAllowed, stepOf, steppedValue } from "./number-range.js";

const strength: NumberParameter = { kind: "number", default: 1, min: 0, softMax: 2, step: 0.05 };
const steps: NumberParameter = { kind: "integer", default: 10, min: 1, max: 1000, softMax: 50 };
const window: NumberParameter = { kind: "integer", default: 33, min: 3, max: 255, odd: true };
const tile: NumberParameter = { kind: "integer", default: 512, min: 64, max: 4096, multipleOf: 8 };

describe("moving a drag", () => {
  it("goes one step for every four pixels", () => {
    expect(moveDrag(beginDrag(10), steps, 12, 1).value).toBe(13);
    expect(moveDrag(beginDrag(1), strength, 40, 1).value).toBe(1.5);
    expect(moveDrag(beginDrag(512), tile, 8, 1).value).toBe(528);
    expect(moveDrag(beginDrag(33), window, 8, 1).value).toBe(37);
  });

  it("goes a tenth as far with Shift and ten times as far with Ctrl", () => {
    expect(moveDrag(beginDrag(1), strength, 40, 0.1).value).toBe(1.05);
    expect(moveDrag(beginDrag(1), strength, 40, 0.1).value).toBe(1.05);
    expect(moveDrag(beginDrag(10), steps, 8, 10).value).toBe(30);
  });

  it("makes no jump when the pace changes in mid-drag", () => {
    const fine = moveDrag(beginDrag(10), steps, 40, 0.1);
    expect(moveDrag(fine, steps, 0, 10).value).toBe(fine.value);
  });

  it("turns back at once after it ran into a limit", () => {
    const beyond = moveDrag(beginDrag(1), strength, -10_000, 1);
    expect(beyond.value).toBe(0);
    expect(moveDrag(beyond, strength, 4, 1).value).toBe(0.05);
  });

  it("ends where a single move of the same length ends", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 30 }), (moves) => {
        const free: NumberParameter = { kind: "integer", default: 0 };
        const once = moveDrag(
          beginDrag(5),
          free,
          moves.reduce((a, b) => a + b, 0),
          1,
        );
        const often = moves.reduce((drag, pixels) => moveDrag(drag, free, pixels, 1), beginDrag(5));
        expect(often.value).toBe(once.value);
      }),
    );
  });
});

const parameters = fc.oneof(
  fc.constantFrom(strength, steps, window, tile),
  fc
    .record({
      min: fc.integer({ min: -1000, max: 0 }),
      max: fc.integer({ min: 100, max: 1000 }),
      multipleOf: fc.integer({ min: 1, max: 16 }).map((n) => 2 * n - 1),
      odd: fc.boolean(),
    })
    .map((options): NumberParameter => ({ kind: "integer", default: 1, ...options })),
);

it("only ever yields what the parameter allows", () => {
  fc.assert(
    fc.property(parameters, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (parameter, value) => {
      const allowed = nearestAllowed(parameter, value);
      expect(checkParameter(parameter, allowed)).toBeUndefined();
      expect(nearestAllowed(parameter, allowed)).toBe(allowed);
      for (const pace of [0.1, 1, 10] as const) {
        const stepped = steppedValue(parameter, allowed, 1, pace);
        expect(checkParameter(parameter, stepped)).toBeUndefined();
        expect(stepped).toBeGreaterThanOrEqual(allowed);
      }
    }),
  );
});

it("chooses a step that suits the range where none is declared", () => {
  expect(stepOf({ kind: "number", default: 0.5, min: 0, max: 1 })).toBeCloseTo(0.01, 12);
  expect(stepOf({ kind: "number", default: 100, min: 0, softMax: 1000 })).toBeCloseTo(10, 12);
  expect(stepOf({ kind: "number", default: 0 })).toBeCloseTo(0.01, 12);
});
