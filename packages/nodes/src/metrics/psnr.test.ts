import { describe } from "vitest";
import { testBorder, testGoldenValues, testRefusals } from "./pair-measure.test-support.js";
import { psnr } from "./psnr.js";

describe("metrics/psnr", () => {
  testGoldenValues(psnr, "scikit-image's", ({ psnr: { y, rgb } }) => ({ Y: y, RGB: rgb }));
  testBorder(psnr, 100);
  testRefusals(psnr);
});
