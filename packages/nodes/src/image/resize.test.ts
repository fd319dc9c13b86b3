import { defaultParameters, float32Tensor } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { largestDifference, testPixels } from "../test/test-picture.js";
import { resample } from "./resample/index.js";
import { resize } from "./resize.js";
import { resizeTarget } from "./resize-target.js";

const defaults = {
  by: "scale",
  scale: 2,
  width: 0,
  height: 0,
  side: 1024,
  multipleOf: 1,
  filter: "bicubic",
} as const;

describe("image/resize", () => {
  test("doubles a picture with its alpha and says how far it is", async () => {
    const pixels = float32Tensor([1, 3, 6, 8], testPixels(8, 6));
    const alpha = float32Tensor([1, 1, 6, 8], testPixels(8, 6).slice(0, 48));
    const context = testContext();
    const origin = { bitDepth: 16, gray: false } as const;
    const result = await resize.run({ image: { pixels, alpha, origin } }, defaults, context);
    expect(result.image.pixels.shape).toEqual([1, 3, 12, 16]);
    expect(result.image.alpha?.shape).toEqual([1, 1, 12, 16]);
    expect(result.image.origin).toBe(origin);
    const sizes = { width: 8, height: 6, targetWidth: 16, targetHeight: 12 };
    const expected = resample(pixels.data, sizes, "bicubic").map((v) =>
      Math.min(1, Math.max(0, v)),
    );
    expect(largestDifference(await result.image.pixels.read(), expected)).toBe(0);
    expect(context.told.progress.at(-1)).toBe("3/3 channel");
  });

  test("clamps what bicubic overshoots", async () => {
    const step = Float32Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1);
    const pixels = float32Tensor([1, 3, 1, 4], step);
    const result = await resize.run(
      { image: { pixels } },
      { ...defaults, scale: 4 },
      testContext(),
    );
    const values = await result.image.pixels.read();
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBe(1);
  });

  test("hands a picture on that has the size already", async () => {
    const pixels = float32Tensor([1, 3, 2, 2], new Float32Array(12));
    const { image } = await resize.run(
      { image: { pixels } },
      { ...defaults, scale: 1 },
      testContext(),
    );
    expect(image.pixels).toBe(pixels);
  });

  test("stops when cancelled", async () => {
    const pixels = float32Tensor([1, 3, 2, 2], new Float32Array(12));
    const context = testContext({ signal: AbortSignal.abort() });
    await expect(resize.run({ image: { pixels } }, defaults, context)).rejects.toThrow();
  });

  test("declares the defaults that it is tested with", () => {
    expect(defaultParameters(resize.params)).toEqual(defaults);
  });
});

describe("resizeTarget", () => {
  test.each([
    [{ by: "scale", scale: 0.5 }, 150, 50],
    [{ by: "size", width: 60 }, 60, 20],
    [{ by: "size", height: 10 }, 30, 10],
    [{ by: "size", width: 7, height: 9 }, 7, 9],
    [{ by: "longest-side", side: 600 }, 600, 200],
    [{ by: "shortest-side", side: 512 }, 1536, 512],
    [{ by: "shortest-side", side: 100, multipleOf: 64 }, 320, 128],
    [{ by: "scale", scale: 0.001, multipleOf: 8 }, 8, 8],
  ] as const)("%o of 300 × 100 is %i × %i", (change, width, height) => {
    expect(resizeTarget(300, 100, { ...defaults, ...change })).toEqual({ width, height });
  });

  test("refuses no size and too much", () => {
    expect(() => resizeTarget(300, 100, { ...defaults, by: "size" })).toThrow(/both 0/);
    expect(() => resizeTarget(30_000, 30_000, defaults)).toThrow(/60000 × 60000/);
  });
});
