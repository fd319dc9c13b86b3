import { float32Tensor, type LatentValue } from "@diopter/engine";
import { expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { resizeLatent } from "./resize.js";

const source: LatentValue = {
  samples: float32Tensor([1, 1, 2, 4], Float32Array.of(-3, -1, 1, 3, -3, -1, 1, 3)),
  space: "test",
  downscale: 8,
  pictureSize: { width: 30, height: 16 },
};
const defaults = {
  by: "scale",
  scale: 2,
  width: 0,
  height: 0,
  crop: "none",
  filter: "nearest",
} as const;
const resized = async (params: Partial<Parameters<typeof resizeLatent.run>[1]>) => {
  const { latent } = await resizeLatent.run(
    { latent: source },
    { ...defaults, ...params },
    testContext(),
  );
  return {
    shape: latent.samples.shape.slice(2),
    values: [...(await latent.samples.read())],
    latent,
  };
};

test("values beyond 0 to 1 are kept, and the space with them", async () => {
  const { shape, values, latent } = await resized({});
  expect(shape).toEqual([4, 8]);
  expect(values.slice(0, 8)).toEqual([-3, -3, -1, -1, 1, 1, 3, 3]);
  expect(latent).toMatchObject({ space: "test", downscale: 8 });
  expect(latent.pictureSize).toBeUndefined();
});

test("sizes are the picture's; a side of 0 keeps the ratio, two keep all", async () => {
  expect((await resized({ by: "size", width: 64, height: 48 })).shape).toEqual([6, 8]);
  expect((await resized({ by: "size", width: 64 })).shape).toEqual([4, 8]);
  expect((await resized({ by: "size", height: 8 })).shape).toEqual([1, 2]);
  expect((await resized({ by: "size" })).shape).toEqual([2, 4]);
});

test("what exceeds the ratio is cut off evenly", async () => {
  const { values } = await resized({ by: "size", width: 16, height: 16, crop: "centre" });
  expect(values).toEqual([-1, 1, -1, 1]);
});
