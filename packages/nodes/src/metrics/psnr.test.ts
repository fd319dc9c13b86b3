import { describe, expect, test } from "vitest";
import golden from "../test/golden/metrics.json" with { type: "json" };
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import { psnr } from "./psnr.js";

describe("metrics/psnr", () => {
  test.each(golden.cases)("is scikit-image's on $width × $height", async (entry) => {
    const { width, height } = entry;
    const inputs = {
      image: testImage(goldenPicture(3, height, width, entry.imageSeed), width, height),
      reference: testImage(goldenPicture(3, height, width, entry.referenceSeed), width, height),
    };
    for (const [channels, expected] of [
      ["Y", entry.psnr.y],
      ["RGB", entry.psnr.rgb],
    ] as const) {
      const { value } = await psnr.run(inputs, { channels, border: 0 }, testContext());
      expect(value).toBeCloseTo(expected, 4);
    }
  });

  test("leaves the border out", async () => {
    const pixels = goldenPicture(3, 20, 20, 1);
    const spoiled = pixels.map((value, place) => (place % 20 === 0 ? 1 - value : value));
    const inputs = { image: testImage(pixels, 20, 20), reference: testImage(spoiled, 20, 20) };
    const whole = await psnr.run(inputs, { channels: "Y", border: 0 }, testContext());
    const inner = await psnr.run(inputs, { channels: "Y", border: 1 }, testContext());
    expect(inner.value).toBeGreaterThan(whole.value);
    expect(inner.value).toBeCloseTo(100, 6);
  });

  test("refuses pictures of different sizes, and says what to do", async () => {
    const inputs = {
      image: testImage(new Float32Array(3 * 400), 20, 20),
      reference: testImage(new Float32Array(3 * 100), 10, 10),
    };
    await expect(
      psnr.run(inputs, { channels: "Y", border: 0 }, testContext()),
    ).rejects.toMatchObject({
      code: "image/size-mismatch",
      message: "The picture has 20 × 20 pixels, the reference 10 × 10.",
      port: "reference",
    });
  });

  test("refuses what is too small to be measured", async () => {
    const small = testImage(new Float32Array(3 * 100), 10, 10);
    await expect(
      psnr.run({ image: small, reference: small }, { channels: "Y", border: 5 }, testContext()),
    ).rejects.toMatchObject({ code: "image/size-mismatch", port: "image" });
  });
});
