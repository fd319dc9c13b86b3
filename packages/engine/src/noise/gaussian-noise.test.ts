import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gaussianNoise } from "./gaussian-noise.js";

// Computed by the same definition with Python's integers and math module, rounded by numpy.
const goldenBatch = [
  -1.0525867938995361, -0.29811158776283264, -0.9996579885482788, 0.10167922079563141,
  1.6722556352615356, 0.7107653617858887, -0.9612957835197449, 1.8352593183517456,
  -0.4987211525440216, 1.3737579584121704, 1.5366507768630981, 2.070464849472046,
  0.4086882472038269, -1.1432698965072632, -0.735751748085022, 1.1279727220535278,
  -0.4412384033203125, -0.9499197006225586, -0.4289734661579132, 1.0237997770309448,
];
const goldenExtremes = [
  -0.29419195652008057, 0.40783995389938354, -1.0646404027938843, 1.1394593715667725,
  1.4477932453155518, 0.6692062020301819, -0.07843827456235886, -0.7741701006889343,
  -0.16067494451999664, 0.5219335556030273, 0.030184123665094376, 0.7898610830307007,
];

/** One unit in the last place of float32 around 1. */
const tolerance = 2e-7;

function expectClose(actual: Float32Array, expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
  }
}

describe("gaussianNoise", () => {
  test("agrees with an independent implementation, several pictures and five channels", () => {
    const region = { x: 10, y: 20, width: 2, height: 1 };
    expectClose(gaussianNoise({ seed: 7, step: 3, items: 2, channels: 5, region }), goldenBatch);
  });

  test("agrees at the ends of the ranges, left of the picture too", () => {
    const region = { x: -1, y: 0, width: 2, height: 2 };
    const request = { seed: Number.MAX_SAFE_INTEGER, step: 0xffffffff, channels: 3, region };
    expectClose(gaussianNoise(request), goldenExtremes);
  });

  test("a tile's noise is the whole picture's noise at that place, whatever the channels", () => {
    const wholeSize = { width: 23, height: 17 };
    const whole = gaussianNoise({
      seed: 42,
      step: 5,
      channels: 6,
      region: { x: 0, y: 0, ...wholeSize },
    });
    const tile = fc.record({
      x: fc.nat({ max: 15 }),
      y: fc.nat({ max: 10 }),
      width: fc.integer({ min: 1, max: 8 }),
      height: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(
      fc.property(tile, fc.integer({ min: 1, max: 6 }), (region, channels) => {
        const part = gaussianNoise({ seed: 42, step: 5, channels, region });
        let at = 0;
        for (let channel = 0; channel < channels; channel += 1) {
          for (let y = region.y; y < region.y + region.height; y += 1) {
            const row = (channel * wholeSize.height + y) * wholeSize.width + region.x;
            expect(part.subarray(at, at + region.width)).toEqual(
              whole.subarray(row, row + region.width),
            );
            at += region.width;
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("is standard normal, and independent between channels, steps and seeds", () => {
    const region = { x: 0, y: 0, width: 128, height: 128 };
    const draw = (seed: number, step: number) => gaussianNoise({ seed, step, channels: 4, region });
    const noise = draw(1, 0);
    const mean = (values: Iterable<number>, of: (value: number) => number) => {
      let sum = 0;
      let count = 0;
      for (const value of values) {
        sum += of(value);
        count += 1;
      }
      return sum / count;
    };
    // Five standard errors over 65,536 elements.
    expect(Math.abs(mean(noise, (v) => v))).toBeLessThan(5 / 256);
    expect(Math.abs(mean(noise, (v) => v * v) - 1)).toBeLessThan((5 * Math.SQRT2) / 256);
    expect(Math.abs(mean(noise, (v) => v ** 4) - 3)).toBeLessThan((5 * Math.sqrt(96)) / 256);
    const plane = region.width * region.height;
    const others = [noise.subarray(plane), draw(1, 1), draw(2, 0), draw(1 + 2 ** 32, 0)];
    for (const other of others) {
      const count = Math.min(noise.length, other.length);
      const products = Array.from({ length: count }, (_, i) => (noise[i] ?? 0) * (other[i] ?? 0));
      expect(Math.abs(mean(products, (v) => v))).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  test.each([
    { seed: -1 },
    { seed: 0.5 },
    { seed: 2 ** 53 },
    { step: -1 },
    { channels: Number.NaN },
  ])("refuses %j", (change) => {
    const region = { x: 0, y: 0, width: 1, height: 1 };
    const request = { seed: 0, step: 0, channels: 1, region, ...change };
    expect(() => gaussianNoise(request)).toThrow(
      expect.objectContaining({ code: "node/invalid-value" }),
    );
  });
});
