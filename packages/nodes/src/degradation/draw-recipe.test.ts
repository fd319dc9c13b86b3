import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { bicubicRecipe, drawRecipe, type RecipeRequest } from "./draw-recipe.js";
import { fullRanges, lightRanges } from "./ranges.js";
import { readRecipe } from "./read-recipe.js";

const ranges = { light: lightRanges, full: fullRanges } as const;

interface Drawn extends Omit<RecipeRequest, "ranges"> {
  readonly preset: keyof typeof ranges;
  readonly recipe: unknown;
}

describe("drawRecipe", () => {
  const drawn = readFileSync(goldenPath("../degradation/drawn.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line): Drawn => JSON.parse(line));

  test("draws what the training draws from the same Philox numbers", () => {
    expect(drawn).toHaveLength(40);
    for (const { preset, recipe, ...request } of drawn) {
      expect(drawRecipe({ ...request, ranges: ranges[preset] })).toEqual(recipe);
    }
  });

  const request = fc.record({
    seed: fc.maxSafeNat(),
    item: fc.nat({ max: 100 }),
    width: fc.integer({ min: 1, max: 2000 }),
    height: fc.integer({ min: 1, max: 2000 }),
    scale: fc.integer({ min: 1, max: 8 }),
    ranges: fc.constantFrom(lightRanges, fullRanges),
  });

  test("is equal for equal seeds, survives JSON and reading, and ends at the size wanted", () => {
    fc.assert(
      fc.property(request, (wanted) => {
        const recipe = drawRecipe(wanted);
        expect(drawRecipe(wanted)).toEqual(recipe);
        expect(readRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
        const last = recipe.operations.findLast(({ kind }) => kind === "resize");
        expect(last).toMatchObject({
          width: Math.max(1, Math.floor(wanted.width / wanted.scale)),
          height: Math.max(1, Math.floor(wanted.height / wanted.scale)),
        });
      }),
    );
  });

  test("differs between seeds and between the pictures of a batch", () => {
    const size = { width: 64, height: 64, ranges: lightRanges };
    const seeds = Array.from({ length: 50 }, (_, seed) => drawRecipe({ seed, ...size }).seed);
    const items = Array.from(
      { length: 50 },
      (_, item) => drawRecipe({ seed: 0, item: item + 1, ...size }).seed,
    );
    expect(new Set([...seeds, ...items]).size).toBe(100);
  });

  test("chooses as often as the ranges say", () => {
    const count = 2000;
    const first = Array.from({ length: count }, (_, seed) =>
      drawRecipe({ seed, width: 64, height: 64, ranges: fullRanges }),
    ).map(({ operations }) => operations);
    const share = (kind: string, at: number) =>
      first.filter((operations) => operations[at]?.kind === kind).length / count;
    const sinc = first.filter(([blur]) => blur?.kind === "blur" && blur.kernel === "sinc");
    // Five standard errors of a share of 1/2.
    const tolerance = 2.5 / Math.sqrt(count);
    expect(Math.abs(share("gaussian-noise", 2) - 0.5)).toBeLessThan(tolerance);
    expect(Math.abs(share("blur", 4) - 0.8)).toBeLessThan(tolerance);
    expect(Math.abs(sinc.length / count - 0.1)).toBeLessThan(tolerance);
    const compressedLast = first.filter((operations) => operations.at(-1)?.kind === "jpeg");
    expect(Math.abs(compressedLast.length / count - 0.5)).toBeLessThan(tolerance);
  });
});

test("bicubicRecipe only reduces, down to one pixel", () => {
  const { operations } = bicubicRecipe(127, 3);
  expect(operations).toEqual([{ kind: "resize", width: 31, height: 1, filter: "bicubic" }]);
});
