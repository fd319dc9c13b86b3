import { describe, expect, test } from "vitest";
import { blendWeights, gaussianWeights } from "./gaussian-weights.js";

describe("gaussianWeights", () => {
  test("follows w(x) = exp(−(x − m)²/(L²·2·0.01))/√(2π·0.01), worked by hand for L = 5", () => {
    const [edge, between, middle] = gaussianWeights(5);
    expect(middle).toBeCloseTo(1 / Math.sqrt(2 * Math.PI * 0.01), 12);
    expect(between).toBeCloseTo(3.989422804014327 * Math.exp(-1 / 0.5), 12);
    expect(edge).toBeCloseTo(3.989422804014327 * Math.exp(-4 / 0.5), 12);
  });

  test("is symmetric and positive, also where the middle lies between two elements", () => {
    for (const length of [1, 2, 63, 64, 512]) {
      const weights = gaussianWeights(length);
      expect([...weights].reverse()).toEqual([...weights]);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    }
  });
});

describe("blendWeights", () => {
  test("sum to 1 at every element", () => {
    const origins = [0, 24, 48, 61];
    const sums = new Float64Array(93);
    blendWeights(origins, 32, 93).forEach((weights, tile) => {
      weights.forEach((weight, x) => {
        const place = (origins[tile] ?? 0) + x;
        sums[place] = (sums[place] ?? 0) + weight;
      });
    });
    for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
  });
});
