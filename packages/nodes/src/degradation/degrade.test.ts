import { readFileSync } from "node:fs";
import { openSafetensors } from "@diopter/onnx";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/test-picture.js";
import { degrade } from "./degrade.js";
import { fromBytes, type Picture } from "./degraded-picture.js";
import { drawRecipe } from "./draw-recipe.js";
import { fullRanges } from "./ranges.js";
import { readRecipe } from "./read-recipe.js";

interface GoldenCase {
  readonly name: string;
  readonly input: string;
  readonly recipe: unknown;
}

const golden = await openSafetensors(goldenPath("../degradation/golden.safetensors"));
const cases = readFileSync(goldenPath("../degradation/cases.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): GoldenCase => JSON.parse(line));

async function goldenPicture(name: string, scale: number): Promise<Picture> {
  const [, height = 0, width = 0] = golden.entries.get(name)?.shape ?? [];
  const pixels = (await golden.readFloat32(name)).map((value) => value / scale);
  return { width, height, pixels };
}

const compressing = (recipe: unknown): boolean =>
  readRecipe(recipe).operations.some(({ kind }) => kind === "jpeg");

function meanDifference(left: Float32Array, right: Float32Array): number {
  expect(left).toHaveLength(right.length);
  return left.reduce((sum, value, at) => sum + Math.abs(value - (right[at] ?? 0)), 0) / left.length;
}

describe("agrees with the training's degradation", () => {
  test.each(cases.filter(({ recipe }) => !compressing(recipe)))("$name, to 1e-5", async (entry) => {
    const { actual, expected } = await run(entry);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-5);
  });

  // Equal where both rest on libjpeg-turbo; another libjpeg, and a value that is rounded to the
  // other side before it is compressed, change a block by little.
  test.each(cases.filter(({ recipe }) => compressing(recipe)))("$name, to 1/255", async (entry) => {
    const { actual, expected } = await run(entry);
    expect(meanDifference(actual, expected)).toBeLessThan(1 / 255);
  });

  test("covers every operation", () => {
    const kinds = cases.flatMap(({ recipe }) => readRecipe(recipe).operations.map((o) => o.kind));
    expect(new Set(kinds).size).toBe(6);
  });

  async function run({ name, input, recipe }: GoldenCase) {
    const source = await goldenPicture(input, 255);
    const result = await degrade(source, readRecipe(recipe), { round: false });
    const expected = await goldenPicture(name, 1);
    expect([result.width, result.height]).toEqual([expected.width, expected.height]);
    return { actual: result.pixels, expected: expected.pixels };
  }
});

describe("agrees with the bytes that the training writes", async () => {
  const file = await openSafetensors(goldenPath("degradation-cases.safetensors"));
  const index: readonly { name: string; function: string; recipe: unknown }[] = JSON.parse(
    readFileSync(goldenPath("cases.json"), "utf8"),
  );

  async function byteCase(name: string): Promise<Picture> {
    const [height = 0, width = 0] = file.entries.get(name)?.shape ?? [];
    return fromBytes(Uint8Array.from(await file.read(name), Number), width, height);
  }

  test.each(index.filter((entry) => entry.function === "degrade"))("$name", async (entry) => {
    const source = await byteCase("degradation.picture");
    const result = await degrade(source, readRecipe(entry.recipe));
    const expected = await byteCase(entry.name);
    expect([result.width, result.height]).toEqual([expected.width, expected.height]);
    expect(meanDifference(result.pixels, expected.pixels)).toBeLessThan(
      (compressing(entry.recipe) ? 1 : 0.01) / 255,
    );
  });
});

describe("degrade", () => {
  const sides = fc.integer({ min: 1, max: 33 });
  const noisy = (width: number, height: number, seed: number): Picture => ({
    width,
    height,
    pixels: Float32Array.from({ length: 3 * width * height }, (_, at) =>
      Math.abs(Math.sin((at + 1) * (seed + 1) * 12.9898)),
    ),
  });

  test("any size gives a picture of the recipe's size in 0..1, in steps of 1/255, each time the same", async () => {
    await fc.assert(
      fc.asyncProperty(sides, sides, fc.maxSafeNat(), async (width, height, seed) => {
        const source = noisy(width, height, seed % 100);
        const before = source.pixels.slice();
        const recipe = drawRecipe({ seed, width, height, ranges: fullRanges });
        const result = await degrade(source, recipe);
        const again = await degrade(source, recipe);
        expect(result.width).toBe(Math.max(1, Math.floor(width / 4)));
        expect(result.height).toBe(Math.max(1, Math.floor(height / 4)));
        expect(result.pixels).toHaveLength(3 * result.width * result.height);
        for (const value of result.pixels) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(Math.abs(value * 255 - Math.round(value * 255))).toBeLessThan(1e-4);
        }
        expect(again.pixels).toEqual(result.pixels);
        expect(source.pixels).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  test("stops when it is told to", async () => {
    const controller = new AbortController();
    const recipe = drawRecipe({ seed: 1, width: 32, height: 32, ranges: fullRanges });
    const done: number[] = [];
    const running = degrade(noisy(32, 32, 1), recipe, {
      signal: controller.signal,
      onOperation: (count) => {
        done.push(count);
        if (count === 2) controller.abort();
      },
    });
    await expect(running).rejects.toThrow("aborted");
    expect(done).toEqual([1, 2]);
  });

  test("refuses what JPEG cannot hold", async () => {
    const recipe = { seed: 0, operations: [{ kind: "jpeg", quality: 50 }] } as const;
    await expect(degrade(noisy(65_501, 1, 1), recipe)).rejects.toMatchObject({
      code: "image/too-large",
      port: "image",
    });
  });
});
