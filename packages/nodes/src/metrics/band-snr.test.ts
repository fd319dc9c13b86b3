import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { testImage } from "../test/test-image.js";
import { goldenPicture } from "../test/test-picture.js";
import { bandSnr } from "./band-snr.js";
import { bandRatios, lumaPlanes } from "./measures/index.js";

const params = { middle: 0.125, high: 0.25, border: 0 };

describe("metrics/band-snr", () => {
  test("names the ratios of all patches and of each class", async () => {
    const [width, height] = [60, 50];
    const [one, two] = [1, 2].map((seed) => goldenPicture(3, height, width, seed));
    if (one === undefined || two === undefined) throw new Error("no pictures");
    const inputs = {
      image: testImage(one, width, height),
      reference: testImage(two, width, height),
    };
    const { metrics } = await bandSnr.run(inputs, params, testContext());
    const [[left], [right]] = [lumaPlanes(one, width, height), lumaPlanes(two, width, height)];
    if (left === undefined || right === undefined) throw new Error("no planes");
    const { all, smooth, medium } = bandRatios(left, right);
    expect(metrics).toMatchObject({ low: all.low, middle: all.middle, high: all.high });
    expect(metrics.smoothLow).toBe(smooth?.low);
    expect(metrics.mediumHigh).toBe(medium?.high);
  });

  test("refuses bands in the wrong order", async () => {
    const picture = testImage(goldenPicture(3, 20, 20, 1), 20, 20);
    const inputs = { image: picture, reference: picture };
    const wrong = { ...params, middle: 0.3 };
    await expect(bandSnr.run(inputs, wrong, testContext())).rejects.toMatchObject({
      code: "node/invalid-value",
      port: "middle",
    });
  });
});
