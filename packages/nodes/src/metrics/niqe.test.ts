import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import { lumaPlanes, naturalness } from "./measures/index.js";
import { niqe } from "./niqe.js";

describe("metrics/niqe", () => {
  test("measures the luma, without the border", async () => {
    const [width, height] = [200, 100];
    const pixels = goldenPicture(3, height, width, 1);
    const picture = { image: testImage(pixels, width, height) };
    const { value } = await niqe.run(picture, { border: 0 }, testContext());
    const [luma] = lumaPlanes(pixels, width, height);
    expect(value).toBe(luma && naturalness(luma));
    const inner = await niqe.run(picture, { border: 2 }, testContext());
    expect(inner.value).not.toBeCloseTo(value, 3);
  });

  test("refuses what is too small or flat, and says why", async () => {
    const small = { image: testImage(new Float32Array(3 * 95 * 96), 95, 96) };
    await expect(niqe.run(small, { border: 0 }, testContext())).rejects.toMatchObject({
      code: "image/size-mismatch",
      port: "image",
    });
    const flat = { image: testImage(new Float32Array(3 * 96 * 96).fill(0.5), 96, 96) };
    await expect(niqe.run(flat, { border: 0 }, testContext())).rejects.toMatchObject({
      code: "node/invalid-value",
      port: "image",
    });
  });
});
