import { float32Tensor } from "@diopter/engine";
import { expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { batch } from "./batch.js";

test("the second follows the first, at its size", async () => {
  const first = testImage(new Float32Array(12).fill(0.25), 2, 2, {
    origin: { bitDepth: 16, gray: false },
    alpha: float32Tensor([1, 1, 2, 2], new Float32Array(4)),
  });
  const second = testImage(new Float32Array(96).fill(0.75), 8, 4);
  const context = testContext();
  const { image } = await batch.run({ first, second }, {}, context);
  expect(image.pixels.shape).toEqual([2, 3, 2, 2]);
  const values = [...(await image.pixels.read())];
  expect(values.slice(0, 12)).toEqual(new Array(12).fill(0.25));
  for (const value of values.slice(12)) expect(value).toBeCloseTo(0.75, 6);
  expect(image.origin).toEqual(first.origin);
  expect(image.alpha).toBeUndefined();
  expect(context.told.notes).toEqual(["The alpha is left out."]);
});
