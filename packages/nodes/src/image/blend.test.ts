import { float32Tensor } from "@diopter/engine";
import { expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { blend } from "./blend.js";

const pixel = (...values: number[]) => testImage(Float32Array.from(values), 1, 1);
const mixed = async (mode: Parameters<typeof blend.run>[1]["mode"], amount = 1) => {
  const inputs = { first: pixel(0.2, 0.5, 0.8), second: pixel(0.6, 0.25, 0.9) };
  const { image } = await blend.run(inputs, { mode, amount }, testContext());
  return [...(await image.pixels.read())].map((value) => Number(value.toFixed(4)));
};

test("each mode is the formula of Compositing and Blending, worked by hand", async () => {
  expect(await mixed("normal")).toEqual([0.6, 0.25, 0.9]);
  expect(await mixed("multiply")).toEqual([0.12, 0.125, 0.72]);
  expect(await mixed("screen")).toEqual([0.68, 0.625, 0.98]);
  expect(await mixed("overlay")).toEqual([0.24, 0.25, 0.96]);
  expect(await mixed("soft-light")).toEqual([0.2496, 0.375, 0.8755]);
  expect(await mixed("difference")).toEqual([0.4, 0.25, 0.1]);
});

test("a half stands in the middle, nothing is the first", async () => {
  expect(await mixed("normal", 0.5)).toEqual([0.4, 0.375, 0.85]);
  expect(await mixed("multiply", 0)).toEqual([0.2, 0.5, 0.8]);
});

test("one picture of another size lies over all of a batch, cut in the middle", async () => {
  const first = { pixels: float32Tensor([2, 3, 1, 1], new Float32Array(6)) };
  const row = [0, 0.5, 1];
  const second = testImage(Float32Array.from([...row, ...row, ...row]), 3, 1);
  const { image } = await blend.run(
    { first, second },
    { mode: "normal", amount: 1 },
    testContext(),
  );
  expect([...(await image.pixels.read())]).toEqual(new Array(6).fill(0.5));
});

test("refuses a batch of another number of pictures", async () => {
  const several = (count: number) => ({
    pixels: float32Tensor([count, 3, 1, 1], new Float32Array(count * 3)),
  });
  const inputs = { first: several(3), second: several(2) };
  const run = blend.run(inputs, { mode: "normal", amount: 1 }, testContext());
  await expect(run).rejects.toMatchObject({ code: "image/size-mismatch", port: "second" });
});
