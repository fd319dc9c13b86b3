import { float32Tensor } from "@diopter/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { largestDifference, testPixels } from "../test/test-picture.js";
import { mergeTiles } from "./merge.js";
import { splitTiles } from "./split.js";

const context = testContext();

describe("tiles/merge", () => {
  test("undoes tiles/split to 1e-6, and keeps what travels beside the pixels", async () => {
    const sizes = fc.record({
      width: fc.integer({ min: 1, max: 60 }),
      height: fc.integer({ min: 1, max: 60 }),
      size: fc.integer({ min: 9, max: 30 }),
      overlap: fc.integer({ min: 0, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, height, size, overlap }) => {
        const origin = { bitDepth: 16, gray: true } as const;
        const image = testImage(testPixels(width, height), width, height, { origin });
        const { tiles } = await splitTiles.run({ image }, { size, overlap }, context);
        const merged = await mergeTiles.run({ tiles }, {}, context);
        expect(merged.image.origin).toBe(origin);
        expect(merged.image.pixels.shape).toEqual(image.pixels.shape);
        const pixels = await merged.image.pixels.read();
        expect(largestDifference(pixels, await image.pixels.read())).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });

  test("merges tiles that became twice as large, with the alpha", async () => {
    const alpha = float32Tensor([1, 1, 8, 12], new Float32Array(96).fill(0.5));
    const image = testImage(testPixels(12, 8), 12, 8, { alpha });
    const { tiles } = await splitTiles.run({ image }, { size: 6, overlap: 2 }, context);
    const larger = tiles.tiles.map(() =>
      float32Tensor([1, 3, 12, 12], new Float32Array(432).fill(0.25)),
    );
    const merged = await mergeTiles.run({ tiles: { ...tiles, tiles: larger } }, {}, context);
    expect(merged.image.pixels.shape).toEqual([1, 3, 16, 24]);
    expect(merged.image.alpha?.shape).toEqual([1, 1, 16, 24]);
    const expected = new Float32Array(3 * 16 * 24).fill(0.25);
    expect(largestDifference(await merged.image.pixels.read(), expected)).toBeLessThan(1e-6);
  });

  test("leaves no step at the border of tiles that disagree", async () => {
    const image = testImage(new Float32Array(3 * 32 * 96), 96, 32);
    const { tiles } = await splitTiles.run({ image }, { size: 32, overlap: 16 }, context);
    const disagreeing = tiles.tiles.map((_, index) =>
      float32Tensor([1, 3, 32, 32], new Float32Array(3072).fill(index / 10)),
    );
    const merged = await mergeTiles.run({ tiles: { ...tiles, tiles: disagreeing } }, {}, context);
    const row = (await merged.image.pixels.read()).subarray(0, 96);
    const steps = [...row.subarray(1)].map((value, x) => Math.abs(value - (row[x] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.04);
  });

  test("refuses tiles that do not fit their layout, and latents", async () => {
    const image = testImage(new Float32Array(300), 10, 10);
    const { tiles } = await splitTiles.run({ image }, { size: 6, overlap: 2 }, context);
    const missing = { ...tiles, tiles: tiles.tiles.slice(1) };
    await expect(mergeTiles.run({ tiles: missing }, {}, context)).rejects.toMatchObject({
      code: "node/invalid-value",
      message: expect.stringContaining("3 tiles of [1, 3, 6, 6]"),
    });
    const latents = { ...tiles, content: "latent" } as const;
    await expect(mergeTiles.run({ tiles: latents }, {}, context)).rejects.toMatchObject({
      remedy: "Merge them with tiles/merge-latent.",
    });
  });
});
