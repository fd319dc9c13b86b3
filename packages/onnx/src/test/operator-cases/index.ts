import { controlFlowCases } from "./control-flow.js";
import { convolutionCases } from "./convolution.js";
import { elementwiseCases } from "./elementwise.js";
import { generatorCases } from "./generators.js";
import { linearCases } from "./linear.js";
import { normalizationCases } from "./normalization.js";
import { reductionCases } from "./reduction.js";
import { shapeCases } from "./shape.js";
import { unaryCases } from "./unary.js";

/** One small graph or more for every operator that the builder offers. */
export const operatorCases = [
  ...elementwiseCases,
  ...unaryCases,
  ...generatorCases,
  ...shapeCases,
  ...linearCases,
  ...convolutionCases,
  ...reductionCases,
  ...normalizationCases,
  ...controlFlowCases,
];
