import { defineNode, sampler } from "@diopter/engine";

export const ddpm = defineNode({
  type: "sampling/ddpm",
  version: 1,
  title: "DDPM",
  help: "Samples with the full noise of the reverse process.",
  source: "Ho et al., Denoising Diffusion Probabilistic Models, eq. 6-7",
  inputs: {},
  params: {},
  outputs: { sampler: sampler() },
  run: async (_inputs) => ({ sampler: { kind: "ddpm", eta: 1 } }),
});
