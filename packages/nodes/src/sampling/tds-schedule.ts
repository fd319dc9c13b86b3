import { boolean, choice, defineNode, integer, number, schedule } from "@diopter/engine";
import { clampStrength, resample, resamplingFamilies } from "./schedules/dense-sampling.js";
import { matchingStrength } from "./schedules/family-strengths.js";
import { previewTimesteps } from "./schedules/preview-timesteps.js";
import { uniformTimesteps } from "./schedules/uniform.js";
import { wholeTimesteps } from "./schedules/whole-timesteps.js";

/** The polynomial's n where none is given. Source: this project's choice; TSS gives no number. */
const usualExponent = 1.5;

export const tdsSchedule = defineNode({
  type: "sampling/tds-schedule",
  version: 2,
  title: "TDS schedule",
  help: "Puts more steps where structure and details are decided: at both ends.",
  source: "TSS, eq. 2-3",
  inputs: {},
  params: {
    steps: integer({ default: 7, min: 1, max: 1000, softMax: 50 }),
    family: choice({ default: "polynomial", options: resamplingFamilies }),
    strength: number({
      default: 0,
      min: 0,
      max: 100,
      softMax: 4,
      step: 0.1,
      help: "0 suits the family: polynomial 1.5, where 1 is uniform, and its like in the others.",
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
  migrations: { 1: { params: withoutMeaningOfZero } },
  run: async (_inputs, params, context) => {
    const { steps, family, boundary, terminal, whole } = params;
    const strength =
      params.strength === 0 ? matchingStrength(family, usualExponent) : params.strength;
    const uniform = uniformTimesteps(terminal, steps);
    const wanted = { family, strength, boundary: boundary * terminal };
    const clamped = clampStrength(terminal, steps, wanted);
    if (clamped < strength) {
      context.note(
        `A strength of ${Number(strength.toFixed(2))} would put timesteps less than 1 apart at ${steps} steps; ` +
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

/**
 * In version 1 the strength was 1.5 where none was given, which the trigonometric refused, and 0 was
 * uniform in all but the polynomial.
 */
function withoutMeaningOfZero(old: Readonly<Record<string, unknown>>) {
  const { family, strength } = old;
  if (family === undefined || family === "polynomial") return old;
  if (strength === 0) return { ...old, family: "polynomial", strength: 1 };
  return family === "exponential" ? { strength: 1.5, ...old } : old;
}
