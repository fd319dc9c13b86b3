import { defineNode, injection } from "@diopter/engine";
import { injectionPath, loadInjection } from "./load-injection.js";

export const pfj = defineNode({
  type: "injection/pfj",
  version: 1,
  title: "Progressive feature injection (PFJ)",
  help: "Scales and shifts what the denoiser sees of the original, the more, the more a step has gained.",
  source: "AdaDiffSR, eq. 3",
  inputs: {},
  params: { path: injectionPath("pfj") },
  outputs: { injection: injection() },
  run: async (_inputs, { path }, context) => ({
    injection: await loadInjection("pfj", path, context),
  }),
});
