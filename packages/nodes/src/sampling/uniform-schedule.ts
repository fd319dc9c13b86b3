import { defineNode, integer, schedule } from "@diopter/engine";
import { previewTimesteps } from "./schedules/preview-timesteps.js";
import { uniformTimesteps } from "./schedules/uniform.js";

export const uniformSchedule = defineNode({
  type: "sampling/uniform-schedule",
  version: 1,
  title: "Uniform schedule",
  help: "Spreads the steps evenly over the timesteps.",
  source: "TSS, eq. 1",
  inputs: {},
  params: {
    steps: integer({ default: 10, min: 1, max: 1000, softMax: 50 }),
    terminal: integer({
      default: 1000,
      min: 1,
      max: 100000,
      help: "The last timestep of the model's training, from which sampling starts.",
    }),
  },
  outputs: { schedule: schedule() },
  run: async (_inputs, { steps, terminal }, context) => {
    const timesteps = uniformTimesteps(terminal, steps);
    previewTimesteps(context, [{ name: "uniform", points: timesteps }]);
    return { schedule: { kind: "scalar", timesteps } };
  },
});
