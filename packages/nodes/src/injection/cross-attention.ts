import { defineNode, injection } from "@diopter/engine";
import { injectionPath, loadInjection } from "./load-injection.js";

export const crossAttentionInjection = defineNode({
  type: "injection/cross-attention",
  version: 1,
  title: "Injection by cross-attention",
  help: "Changes what the denoiser sees of the original by attention to the gain.",
  source: "AdaDiffSR, table 5",
  inputs: {},
  params: { path: injectionPath("cross-attention") },
  outputs: { injection: injection() },
  run: async (_inputs, { path }, context) => ({
    injection: await loadInjection("cross-attention", path, context),
  }),
});
