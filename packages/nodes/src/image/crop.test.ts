import { float32Tensor } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { crop } from "./crop.js";

const defaults = { from: "top-left", x: 0, y: 0, width: 0, height: 0 } as const;
const counted = testImage(
  Float32Array.from({ length: 60 }, (_, index) => index / 60),
  5,
  4,
  {
    alpha: float32Tensor(
      [1, 1, 4, 5],
      Float32Array.from({ length: 20 }, (_, i) => i / 20),
    ),
  },
);

describe("image/crop", () => {
  test("cuts pixels and alpha alike, a worked example", async () => {
    const params = { ...defaults, x: 1, y: 2, width: 2, height: 1 };
    const { image } = await crop.run({ image: counted }, params, testContext());
    expect(image.pixels.shape).toEqual([1, 3, 1, 2]);
    const expected = [11, 12, 31, 32, 51, 52].map((place) => Math.fround(place / 60));
    expect([...(await image.pixels.read())]).toEqual(expected);
    expect([...((await image.alpha?.read()) ?? [])]).toEqual([11 / 20, 12 / 20].map(Math.fround));
  });

  test("goes to the far edge where no size is named", async () => {
    const { image } = await crop.run(
      { image: counted },
      { ...defaults, x: 2, y: 1 },
      testContext(),
    );
    expect(image.pixels.shape).toEqual([1, 3, 3, 3]);
  });

  test("measures from the centre", async () => {
    const params = { ...defaults, from: "centre", width: 3, height: 2 } as const;
    const { image } = await crop.run({ image: counted }, params, testContext());
    expect((await image.pixels.read())[0]).toBeCloseTo(6 / 60, 6);
  });

  test.each([
    { ...defaults, x: 3, width: 3 },
    { ...defaults, y: -1 },
    { ...defaults, x: 5 },
    { ...defaults, from: "centre", x: 2, width: 3 },
  ] as const)("refuses %o", async (params) => {
    await expect(crop.run({ image: counted }, params, testContext())).rejects.toMatchObject({
      code: "image/size-mismatch",
      message: expect.stringContaining("5 × 4"),
    });
  });
});
