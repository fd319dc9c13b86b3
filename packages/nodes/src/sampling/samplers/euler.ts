import { defineNode, sampler } from "@diopter/engine";

export const euler = defineNode({
  type: "sampling/euler",
  version: 1,
  title: "Euler",
  help: "Follows the probability flow by Euler's method on sigma.",
  source:
    "Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models, alg. 1",
  inputs: {},
  params: {},
  outputs: { sampler: sampler() },
  run: async (_inputs) => ({ sampler: { kind: "euler", eta: 0 } }),
});
