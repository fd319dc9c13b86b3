import { describe } from "vitest";
import { nlpd } from "./nlpd.js";
import { testBorder, testGoldenValues, testRefusals } from "./pair-measure.test-support.js";

describe("metrics/nlpd", () => {
  testGoldenValues(nlpd, "PyTorch's", ({ nlpd: value }) => ({ Y: value }));
  testBorder(nlpd, 0);
  testRefusals(nlpd);
});
