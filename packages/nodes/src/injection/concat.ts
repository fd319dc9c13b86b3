import { defineNode, injection } from "@diopter/engine";
import { injectionPath, loadInjection } from "./load-injection.js";

export const concatInjection = defineNode({
  type: "injection/concat",
  version: 1,
  title: "Injection by concatenation",
  help: "Changes what the denoiser sees of the original by a network over it and the gain.",
  source: "AdaDiffSR, table 5",
  inputs: {},
  params: { path: injectionPath("concat") },
  outputs: { injection: injection() },
  run: async (_inputs, { path }, context) => ({
    injection: await loadInjection("concat", path, context),
  }),
});
