import { describe } from "vitest";
import { gmsd } from "./gmsd.js";
import { testBorder, testGoldenValues, testRefusals } from "./pair-measure.test-support.js";

describe("metrics/gmsd", () => {
  testGoldenValues(gmsd, "PyTorch's", ({ gmsd: value }) => ({ Y: value }));
  testBorder(gmsd, 0);
  testRefusals(gmsd);
});
