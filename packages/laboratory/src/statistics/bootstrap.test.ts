import { describe, expect, test } from "vitest";
import { bootstrapMean, medianOf, quantile } from "./bootstrap.js";

describe("bootstrapMean", () => {
  test("comes to the normal interval of the mean for many values", () => {
    // 400 evenly spread values of 0..1: σ² = 1/12, so the mean's σ is √(1/12/400) = 0.01443.
    const values = Array.from({ length: 400 }, (_, index) => (index + 0.5) / 400);
    const estimate = bootstrapMean(values);
    expect(estimate?.mean).toBeCloseTo(0.5, 10);
    // A quantile's own deviation is √(0.025·0.975/4000)/φ(1.96)·σ = 0.0006; three of them.
    expect(Math.abs((estimate?.low ?? 0) - (0.5 - 1.96 * 0.01443))).toBeLessThan(0.0018);
    expect(Math.abs((estimate?.high ?? 0) - (0.5 + 1.96 * 0.01443))).toBeLessThan(0.0018);
  });

  test("of two values is exact: one quarter of the samples is one of them twice", () => {
    expect(bootstrapMean([1, 3])).toEqual({ mean: 2, low: 1, high: 3, count: 2 });
  });

  test("is the same each time, and has no spread where there is none", () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(bootstrapMean(values)).toEqual(bootstrapMean(values));
    expect(bootstrapMean([7])).toEqual({ mean: 7, low: 7, high: 7, count: 1 });
    expect(bootstrapMean([])).toBeUndefined();
  });
});

test("quantiles are NumPy's", () => {
  // numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.9, 1])
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.1, 0.5, 0.9, 1].map((part) => quantile(sorted, part))).toEqual([
    1,
    1.3,
    3,
    expect.closeTo(6.8, 12),
    8,
  ]);
  expect(medianOf([9, 1, 5])).toBe(5);
});
