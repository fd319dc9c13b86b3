import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colourMap, evenTable } from "./colour-map.js";
import { drawDifference, measureDistance } from "./difference.js";
import { countHistogram, histogramCeiling, histogramOutline, tonalityOf } from "./histogram.js";
import { type Pixels, pixelAt } from "./pixels.js";

const picture = (width: number, height: number, bytes: readonly number[]): Pixels => ({
  width,
  height,
  data: Uint8ClampedArray.from(bytes),
});

const anyPicture = (width: number, height: number) =>
  fc
    .uint8ClampedArray({ minLength: 4 * width * height, maxLength: 4 * width * height })
    .map((data): Pixels => ({ width, height, data }));

const total = (counts: Uint32Array) => counts.reduce((sum, count) => sum + count, 0);

describe("histogram", () => {
  it("counts every channel and the luma", () => {
    const counted = countHistogram(picture(2, 1, [255, 0, 0, 255, 10, 20, 30, 255]));
    expect([counted.red[255], counted.red[10], counted.green[0], counted.blue[30]]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(counted.luma[Math.round(0.2126 * 255)]).toBe(1);
    expect(counted.luma[Math.round(0.2126 * 10 + 0.7152 * 20 + 0.0722 * 30)]).toBe(1);
  });

  it("counts each visible pixel once in each channel", () => {
    fc.assert(
      fc.property(anyPicture(5, 3), (pixels) => {
        const visible = pixels.data.filter((value, index) => index % 4 === 3 && value > 0).length;
        const { counted, red, green, blue, luma } = countHistogram(pixels);
        expect([counted, total(red), total(green), total(blue), total(luma)]).toEqual(
          new Array(5).fill(visible),
        );
      }),
    );
  });

  it("tells mean, median and the shares at the ends", () => {
    const grey = [0, 100, 100, 255].flatMap((value) => [value, value, value, 255]);
    expect(tonalityOf(countHistogram(picture(4, 1, grey)))).toEqual({
      mean: 113.75,
      median: 100,
      black: 0.25,
      white: 0.25,
    });
    expect(tonalityOf(countHistogram(picture(1, 1, [9, 9, 9, 0]))).mean).toBe(0);
  });

  it("draws an outline that a single towering bin does not flatten", () => {
    const counts = new Uint32Array(256).fill(100);
    counts[0] = 1_000_000;
    expect(histogramCeiling([counts])).toBe(100);
    expect(histogramOutline(counts, 100, 64)).toMatch(/^M0,64 L0,0\.0 1,0\.0 /);
  });
});

describe("difference", () => {
  it("agrees with PSNR computed by hand", () => {
    const a = picture(2, 1, [0, 0, 0, 255, 50, 50, 50, 255]);
    const b = picture(2, 1, [10, 0, 0, 255, 50, 50, 30, 255]);
    const { psnr, meanAbsolute, largest, changed } = measureDistance(a, b);
    expect(psnr).toBeCloseTo(10 * Math.log10(255 ** 2 / ((100 + 400) / 6)), 10);
    expect([meanAbsolute, largest, changed]).toEqual([5, 20, 1]);
  });

  it("is symmetric, and infinite PSNR means equal", () => {
    fc.assert(
      fc.property(anyPicture(4, 2), anyPicture(4, 2), (a, b) => {
        expect(measureDistance(a, b)).toEqual(measureDistance(b, a));
        expect(measureDistance(a, a)).toEqual({
          psnr: Number.POSITIVE_INFINITY,
          meanAbsolute: 0,
          largest: 0,
          changed: 0,
        });
      }),
    );
  });

  it("draws the largest channel's difference, amplified and bounded", () => {
    const grey = Uint8ClampedArray.from({ length: 768 }, (_, index) => Math.floor(index / 3));
    const a = picture(2, 1, [0, 0, 0, 255, 0, 0, 0, 255]);
    const b = picture(2, 1, [1, 5, 2, 255, 200, 0, 0, 255]);
    expect([...drawDifference(a, b, 8, grey).data]).toEqual([40, 40, 40, 255, 255, 255, 255, 255]);
  });

  it("refuses pictures of different sizes", () => {
    expect(() => measureDistance(picture(1, 1, [0, 0, 0, 0]), picture(0, 0, []))).toThrow(
      RangeError,
    );
  });
});

describe("colours of a map", () => {
  const table = evenTable();
  const lightness = (value: number) => {
    const linear = (index: number) => {
      const c = (table[3 * value + index] ?? 0) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    const [r, g, b] = [linear(0), linear(1), linear(2)];
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  };

  it("grow lighter evenly", () => {
    for (let value = 16; value < 256; value += 16) {
      const step = lightness(value) - lightness(value - 16);
      expect(step).toBeGreaterThan(0.8 * ((0.81 * 16) / 255));
      expect(step).toBeLessThan(1.2 * ((0.81 * 16) / 255));
    }
  });

  it("replace grey values one by one and keep transparency", () => {
    const mapped = colourMap(picture(2, 1, [0, 0, 0, 255, 128, 128, 128, 7]), table);
    expect([...mapped.data.subarray(4)]).toEqual([...table.subarray(384, 387), 7]);
  });
});

it("reads single pixels and nothing outside", () => {
  const pixels = picture(
    2,
    2,
    Array.from({ length: 16 }, (_, index) => index),
  );
  expect(pixelAt(pixels, 1.9, 1.2)).toEqual([12, 13, 14, 15]);
  expect(pixelAt(pixels, 2, 0)).toBeUndefined();
  expect(pixelAt(pixels, -0.1, 0)).toBeUndefined();
});
