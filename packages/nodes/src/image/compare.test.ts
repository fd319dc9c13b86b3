import { describe, expect, test } from "vitest";
import golden from "../test/golden/metrics.json" with { type: "json" };
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture, largestDifference } from "../test/test-picture.js";
import { compare } from "./compare.js";

const defaults = { view: "side-by-side", slider: 0.5, gain: 4 } as const;
const inputs = {
  image: testImage(Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), 2, 1),
  reference: testImage(Float32Array.of(0.1, 0.5, 0.3, 0.4, 0.5, 0.9), 2, 1),
};

describe("image/compare", () => {
  test("maps, measures and shows the difference, a worked example", async () => {
    const context = testContext();
    const result = await compare.run(inputs, defaults, context);
    expect(largestDifference(await result.difference.values.read(), [0, 0.8])).toBeLessThan(1e-6);
    expect(result.view.pixels.shape).toEqual([1, 3, 1, 4]);
    const shown = [0.1, 0.2, 0.1, 0.5, 0.3, 0.4, 0.3, 0.4, 0.5, 0.6, 0.5, 0.9];
    expect([...(await result.view.pixels.read())]).toEqual(shown.map(Math.fround));
    expect(result.metrics).toEqual({
      psnr: expect.closeTo(-10 * Math.log10((0.3 * 0.413) ** 2 / 2), 4),
      psnrRgb: expect.closeTo(-10 * Math.log10((2 * 0.3 ** 2) / 6), 4),
      meanDifference: expect.closeTo(0.1, 6),
    });
    expect(context.told.previews.map(({ kind }) => kind)).toEqual(["image", "heat-map"]);
  });

  test("draws a slider", async () => {
    const params = { ...defaults, view: "slider" } as const;
    const { view } = await compare.run(inputs, params, testContext());
    const shown = [0.1, 0.5, 0.3, 0.4, 0.5, 0.9].map(Math.fround);
    expect([...(await view.pixels.read())]).toEqual(shown);
  });

  test("measures as scikit-image", async () => {
    const [entry] = golden.cases;
    expect(entry).toBeDefined();
    if (entry === undefined) return;
    const { width, height } = entry;
    const image = testImage(goldenPicture(3, height, width, entry.imageSeed), width, height);
    const reference = testImage(
      goldenPicture(3, height, width, entry.referenceSeed),
      width,
      height,
    );
    const { metrics } = await compare.run({ image, reference }, defaults, testContext());
    expect(metrics).toMatchObject({
      psnr: expect.closeTo(entry.psnr.y, 4),
      ssim: expect.closeTo(entry.ssim.y, 6),
      psnrRgb: expect.closeTo(entry.psnr.rgb, 4),
    });
  });

  test("refuses pictures of different sizes", async () => {
    const reference = testImage(new Float32Array(12), 2, 2);
    await expect(
      compare.run({ ...inputs, reference }, defaults, testContext()),
    ).rejects.toMatchObject({ code: "image/size-mismatch", port: "reference" });
  });
});
