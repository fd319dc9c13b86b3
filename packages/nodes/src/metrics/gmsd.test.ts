import { describe, expect, test } from "vitest";
import golden from "../test/golden/metrics.json" with { type: "json" };
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import { gmsd } from "./gmsd.js";

describe("metrics/gmsd", () => {
  test.each(golden.cases)("is PyTorch's on $width × $height to 1e-4", async (entry) => {
    const { width, height } = entry;
    const inputs = {
      image: testImage(goldenPicture(3, height, width, entry.imageSeed), width, height),
      reference: testImage(goldenPicture(3, height, width, entry.referenceSeed), width, height),
    };
    const { value } = await gmsd.run(inputs, { border: 0 }, testContext());
    expect(value).toBeCloseTo(entry.gmsd, 4);
  });

  test("refuses pictures of different sizes", async () => {
    const inputs = {
      image: testImage(new Float32Array(3 * 400), 20, 20),
      reference: testImage(new Float32Array(3 * 100), 10, 10),
    };
    await expect(gmsd.run(inputs, { border: 0 }, testContext())).rejects.toMatchObject({
      code: "image/size-mismatch",
      port: "reference",
    });
  });
});
