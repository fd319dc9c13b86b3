import fc from "fast-check";
import { describe, expect, test } from "vitest";
import golden from "../../test/golden/resize.json" with { type: "json" };
import { goldenPicture, largestDifference } from "../../test/test-picture.js";
import { resizeFilters } from "./filters.js";
import { resample } from "./resample.js";

describe("resample", () => {
  const source = goldenPicture(1, golden.height, golden.width, golden.seed);
  const cases = golden.cases.flatMap((entry) => {
    const filter = resizeFilters.find((name) => name === entry.filter);
    return filter === undefined ? [] : [{ ...entry, filter }];
  });

  test("has golden values of every kernel", () => {
    expect(cases).toHaveLength(15);
  });

  test.each(cases)("$filter to $width × $height as $by", ({ filter, width, height, values }) => {
    const sizes = { width: 13, height: 9, targetWidth: width, targetHeight: height };
    expect(largestDifference(resample(source, sizes, filter), values)).toBeLessThan(1e-6);
  });

  test("area as PyTorch, where the factor is whole", () => {
    const { width, height, seed, outWidth, outHeight, values } = golden.area;
    const sizes = { width, height, targetWidth: outWidth, targetHeight: outHeight };
    const result = resample(goldenPicture(1, height, width, seed), sizes, "area");
    expect(largestDifference(result, values)).toBeLessThan(1e-6);
  });

  test("area keeps the mean at any size, a worked example: 3 pixels to 2", () => {
    const sizes = { width: 3, height: 1, targetWidth: 2, targetHeight: 1 };
    const result = resample(Float32Array.of(0, 0.3, 0.9), sizes, "area");
    expect(largestDifference(result, [0.1, 0.7])).toBeLessThan(1e-7);
  });

  test("keeps a picture of the same size and constant pictures of any size", () => {
    const sides = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        sides,
        sides,
        sides,
        sides,
        fc.constantFrom(...resizeFilters),
        (w, h, tw, th, f) => {
          const picture = goldenPicture(2, h, w, 9);
          const same = { width: w, height: h, targetWidth: w, targetHeight: h };
          expect(largestDifference(resample(picture, same, f), picture)).toBeLessThan(1e-7);
          const sizes = { width: w, height: h, targetWidth: tw, targetHeight: th };
          const flat = resample(new Float32Array(w * h).fill(0.375), sizes, f);
          expect(flat).toHaveLength(tw * th);
          expect(largestDifference(flat, new Float32Array(tw * th).fill(0.375))).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 80 },
    );
  });
});
