import { boolean, choice, defineNode, integer, number, schedule } from "@diopter/engine";
import { clampStrength, resample, resamplingFamilies } from "./schedules/dense-sampling.js";
import { previewTimesteps } from "./schedules/preview-timesteps.js";
import { uniformTimesteps } from "./schedules/uniform.js";
import { wholeTimesteps } from "./schedules/whole-timesteps.js";

export const tdsSchedule = defineNode({
  type: "sampling/tds-schedule",
  version: 1,
  title: "TDS schedule",
  help: "Puts more steps where structure and details are decided: at both ends.",
  source: "TSS, eq. 2-3",
  inputs: {},
  params: {
    steps: integer({ default: 7, min: 1, max: 1000, softMax: 50 }),
    family: choice({ default: "polynomial", options: resamplingFamilies }),
    strength: number({
      default: 1.5,
      min: 0,
      max: 100,
      softMax: 4,
      step: 0.1,
      help: "Polynomial: 1 is uniform. Exponential and trigonometric: 0 is uniform.",
    }),
    boundary: number({
      default: 0.5,
      min: 0.001,
      max: 1,
      step: 0.05,
      help: "Where the halves meet, as a part of all timesteps; 1 densifies the late ones only.",
    }),
    terminal: integer({
      default: 1000,
      min: 1,
      max: 100000,
      help: "The last timestep of the model's training, from which sampling starts.",
    }),
    whole: boolean({
      default: false,
      help: "Round to whole timesteps, for models that take no others.",
    }),
  },
  outputs: { schedule: schedule() },
  run: async (_inputs, { steps, family, strength, boundary, terminal, whole }, context) => {
    const uniform = uniformTimesteps(terminal, steps);
    const wanted = { family, strength, boundary: boundary * terminal };
    const clamped = clampStrength(terminal, steps, wanted);
    if (clamped < strength) {
      context.note(
        `A strength of ${strength} would put timesteps less than 1 apart at ${steps} steps; ` +
          `${clamped.toFixed(2)} is used.`,
      );
    }
    const dense = uniform.map(resample(terminal, { ...wanted, strength: clamped }));
    const timesteps = whole ? wholeTimesteps(dense) : dense;
    previewTimesteps(context, [
      { name: "TDS", points: timesteps },
      { name: "uniform", points: uniform },
    ]);
    return { schedule: { kind: "scalar", timesteps } };
  },
});
