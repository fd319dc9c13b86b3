import { float32Tensor } from "@diopter/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { degrade, readRecipe } from "../degradation/index.js";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { testPixels } from "../test/test-picture.js";
import { degradeImage } from "./degrade.js";

const defaults = { seed: 7, preset: "light", scale: 4, sharpen: false } as const;
const recipesOf = (text: string): readonly unknown[] => JSON.parse(text);

describe("image/degrade", () => {
  test("applies the recipe that it names, and shows the result", async () => {
    const context = testContext();
    const source = testImage(testPixels(48, 32), 48, 32);
    const { image, recipe } = await degradeImage.run({ image: source }, defaults, context);
    const picture = { width: 48, height: 32, pixels: testPixels(48, 32) };
    const expected = await degrade(picture, readRecipe(recipesOf(recipe)[0]));
    expect(image.pixels.shape).toEqual([1, 3, 8, 12]);
    expect(await image.pixels.read()).toEqual(expected.pixels);
    expect(context.told.previews).toEqual([{ kind: "image", pixels: image.pixels }]);
    expect(context.told.progress.at(-1)).toMatch(/^(\d+)\/\1 operation$/);
  });

  test("the same seed gives the same picture, another seed another", async () => {
    const source = testImage(testPixels(40, 40), 40, 40);
    const run = (seed: number) =>
      degradeImage.run({ image: source }, { ...defaults, preset: "full", seed }, testContext());
    const [one, same, other] = [await run(1), await run(1), await run(2)];
    expect(await same.image.pixels.read()).toEqual(await one.image.pixels.read());
    expect(await other.image.pixels.read()).not.toEqual(await one.image.pixels.read());
  });

  test("odd sizes lose their rest, so that the result enlarged lies on the reference", async () => {
    const presets = fc.constantFrom("light", "full", "bicubic");
    const sides = fc.integer({ min: 4, max: 30 });
    const scales = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(sides, sides, scales, presets, async (width, height, scale, preset) => {
        const source = testImage(testPixels(width, height), width, height);
        const params = { ...defaults, scale, preset };
        const { image, reference } = await degradeImage.run(
          { image: source },
          params,
          testContext(),
        );
        const [, , smallHeight = 0, smallWidth = 0] = image.pixels.shape;
        expect([smallWidth, smallHeight]).toEqual([
          Math.floor(width / scale),
          Math.floor(height / scale),
        ]);
        expect(reference.pixels.shape).toEqual([1, 3, smallHeight * scale, smallWidth * scale]);
        for (const value of await image.pixels.read()) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("bicubic keeps a flat picture, its alpha and its grayness", async () => {
    const source = testImage(new Float32Array(3 * 10 * 9).fill(51 / 255), 10, 9, {
      alpha: float32Tensor([1, 1, 9, 10], new Float32Array(90).fill(0.5)),
      origin: { path: "flat.png", bitDepth: 16, gray: true },
    });
    const params = { ...defaults, preset: "bicubic" } as const;
    const { image } = await degradeImage.run({ image: source }, params, testContext());
    expect(image.pixels.shape).toEqual([1, 3, 2, 2]);
    for (const value of await image.pixels.read()) expect(value).toBeCloseTo(0.2, 6);
    expect(image.alpha?.shape).toEqual([1, 1, 2, 2]);
    for (const value of (await image.alpha?.read()) ?? []) expect(value).toBeCloseTo(0.5, 6);
    expect(image.origin).toEqual({ path: "flat.png", bitDepth: 8, gray: true });
  });

  test("the pictures of a batch get recipes of their own", async () => {
    const one = testPixels(16, 16);
    const pixels = float32Tensor([2, 3, 16, 16], Float32Array.of(...one, ...one));
    const run = (params: Partial<typeof defaults>) =>
      degradeImage.run({ image: { pixels } }, { ...defaults, ...params }, testContext());
    const { image, recipe } = await run({});
    expect(image.pixels.shape).toEqual([2, 3, 4, 4]);
    const [first, second] = recipesOf(recipe);
    expect(second).not.toEqual(first);
  });

  test("sharpens first when asked to", async () => {
    const source = { image: testImage(testPixels(16, 16), 16, 16) };
    const plain = await degradeImage.run(source, defaults, testContext());
    const sharp = await degradeImage.run(source, { ...defaults, sharpen: true }, testContext());
    const [before] = recipesOf(plain.recipe).map(readRecipe);
    const [after] = recipesOf(sharp.recipe).map(readRecipe);
    expect(after?.operations[0]?.kind).toBe("unsharp-mask");
    expect(after?.operations.slice(1)).toEqual(before?.operations);
  });

  test("refuses a picture smaller than the scale", async () => {
    const source = testImage(testPixels(3, 20), 3, 20);
    await expect(
      degradeImage.run({ image: source }, defaults, testContext()),
    ).rejects.toMatchObject({ code: "image/size-mismatch", port: "image" });
  });
});
