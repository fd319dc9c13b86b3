import { defineNode, number, sampler } from "@diopter/engine";

export const residualShift = defineNode({
  type: "sampling/residual-shift",
  version: 1,
  title: "ResShift",
  help: "Shifts the residual to the original away, step by step.",
  source: "Yue et al., ResShift, eq. 7",
  inputs: {},
  params: {
    eta: number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      help: "1 is the rule of the paper, 0 deterministic, less grain between them.",
    }),
  },
  outputs: { sampler: sampler() },
  run: async (_inputs, { eta }) => ({ sampler: { kind: "residual-shift", eta } }),
});
