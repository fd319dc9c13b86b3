import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import { brisque } from "./brisque.js";
import { brisqueFeatures, featureDistance, lumaPlanes } from "./measures/index.js";

const [width, height] = [40, 30];
const pictures = [1, 2].map((seed) => goldenPicture(3, height, width, seed));
const [left, right] = pictures.map((pixels) => testImage(pixels, width, height));

describe("metrics/brisque", () => {
  test("is the distance of the features of both lumas, and tells the picture's own", async () => {
    if (left === undefined || right === undefined) throw new Error("no pictures");
    const inputs = { image: left, reference: right };
    const { value, features } = await brisque.run(inputs, { border: 0 }, testContext());
    const [own = [], other = []] = pictures.flatMap((pixels) =>
      lumaPlanes(pixels, width, height).map(brisqueFeatures),
    );
    expect(value).toBe(featureDistance(own, other));
    expect(value).toBeGreaterThan(0);
    expect(Object.values(features)).toEqual(own);
    expect(features).toHaveProperty(["scale1.shape"], own[0]);
  });

  test("refuses what is too small", async () => {
    const small = testImage(new Float32Array(3 * 225), 15, 15);
    const inputs = { image: small, reference: small };
    await expect(brisque.run(inputs, { border: 0 }, testContext())).rejects.toMatchObject({
      code: "image/size-mismatch",
    });
  });
});
