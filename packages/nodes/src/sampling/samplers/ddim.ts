import { defineNode, number, sampler } from "@diopter/engine";

export const ddim = defineNode({
  type: "sampling/ddim",
  version: 1,
  title: "DDIM",
  help: "Samples deterministically, or with as much noise as eta asks for.",
  source: "Song et al., Denoising Diffusion Implicit Models, eq. 12",
  inputs: {},
  params: {
    eta: number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      help: "0 is deterministic, 1 as noisy as DDPM.",
    }),
  },
  outputs: { sampler: sampler() },
  run: async (_inputs, { eta }) => ({ sampler: { kind: "ddim", eta: eta } }),
});
