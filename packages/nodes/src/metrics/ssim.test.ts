import { describe } from "vitest";
import { testBorder, testGoldenValues, testRefusals } from "./pair-measure.test-support.js";
import { ssim } from "./ssim.js";

describe("metrics/ssim", () => {
  testGoldenValues(ssim, "scikit-image's", ({ ssim: { y, rgb } }) => ({ Y: y, RGB: rgb }));
  testBorder(ssim, 1);
  testRefusals(ssim);
});
