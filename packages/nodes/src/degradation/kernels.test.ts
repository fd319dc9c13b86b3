import { readFileSync } from "node:fs";
import { openSafetensors } from "@diopter/onnx";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/test-picture.js";
import { besselJ1, blurKernel } from "./kernels.js";
import { readRecipe } from "./read-recipe.js";
import { type BlurOperation, bellKernels } from "./recipe.js";

interface KernelCase {
  readonly name: string;
  readonly kernel?: string;
  readonly recipe: unknown;
}

describe("blurKernel", async () => {
  const index: readonly KernelCase[] = JSON.parse(readFileSync(goldenPath("cases.json"), "utf8"));
  const file = await openSafetensors(goldenPath("degradation-cases.safetensors"));
  const golden = index.filter(({ kernel }) => kernel !== undefined);

  test("has golden values of every kernel", () => {
    expect(golden).toHaveLength(4);
  });

  test.each(golden)("$name, to 1e-12", async ({ kernel = "", recipe }) => {
    const [operation] = readRecipe(recipe).operations;
    if (operation?.kind !== "blur") expect.fail("The golden recipe does not begin with a blur.");
    const expected = Array.from(await file.read(kernel), Number);
    expect(largestDifference(blurKernel(operation).weights, expected)).toBeLessThan(1e-12);
  });

  const size = fc.integer({ min: 0, max: 20 }).map((half) => 2 * half + 1);
  const sigma = fc.double({ min: 0.2, max: 3, noNaN: true });
  const operation: fc.Arbitrary<BlurOperation> = fc.oneof(
    fc.record({
      kind: fc.constant("blur" as const),
      kernel: fc.constantFrom(...bellKernels),
      size,
      sigmaX: sigma,
      sigmaY: sigma,
      rotation: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
      beta: fc.double({ min: 0.5, max: 4, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant("blur" as const),
      kernel: fc.constant("sinc" as const),
      size,
      cutoff: fc.double({ min: Math.PI / 5, max: Math.PI, noNaN: true }),
    }),
  );

  test("sums to 1 and stays under half a turn", () => {
    fc.assert(
      fc.property(operation, (blur) => {
        const { weights } = blurKernel(blur);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(largestDifference(weights, weights.toReversed())).toBeLessThan(1e-12);
      }),
    );
  });
});

// Abramowitz and Stegun, "Handbook of Mathematical Functions", table 9.1.
test.each([
  [0, 0],
  [1, 0.4400505857],
  [3.8317059702, 0],
  [5, -0.3275791376],
  [10, 0.0434727462],
])("J1(%d) = %d", (x, expected) => {
  expect(besselJ1(x)).toBeCloseTo(expected, 9);
});
