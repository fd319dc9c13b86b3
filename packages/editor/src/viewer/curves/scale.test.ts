import fc from "fast-check";
import { expect, it } from "vitest";
import { axisOver, linePath } from "./scale.js";

it("puts ticks at round numbers around the values", () => {
  expect(axisOver([3, 997], 0, 100).ticks).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(axisOver([0.12, 0.38], 0, 100).ticks).toEqual([0.1, 0.2, 0.3, 0.4]);
  expect(axisOver([5], 0, 100).ticks.at(0)).toBe(5);
  expect(axisOver([], 0, 100).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
});

it("holds all values between its ends, in order", () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), (values) => {
      const axis = axisOver(values, 10, 210);
      for (const one of values) {
        expect(axis.place(one)).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(axis.place(one)).toBeLessThanOrEqual(210 + 1e-6);
      }
      expect(axis.place(axis.from)).toBe(10);
      expect(axis.ticks.length).toBeLessThanOrEqual(12);
    }),
  );
});

it("breaks the line where there is no value", () => {
  const same = (value: number) => value;
  expect(linePath([1, 2, Number.NaN, 4], same, same)).toBe("M0.0,1.0L1.0,2.0M3.0,4.0");
});
