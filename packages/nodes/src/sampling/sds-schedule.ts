import {
  choice,
  DiopterError,
  defineNode,
  denoiser,
  float32Tensor,
  integer,
  latent,
  map,
  number,
  schedule,
} from "@diopter/engine";
import { type ResamplingFamily, resamplingFamilies } from "./schedules/dense-sampling.js";
import { strengthLimits, suitableStrength } from "./schedules/family-strengths.js";
import { onLatentGrid } from "./schedules/latent-grid.js";
import { previewTimesteps } from "./schedules/preview-timesteps.js";
import {
  clampStrengthRange,
  type SpatialResampling,
  spatialTimesteps,
  type VarianceRange,
} from "./schedules/spatial-sampling.js";
import { uniformTimesteps } from "./schedules/uniform.js";
import { varianceQuantiles } from "./schedules/variance-quantiles.js";

export const sdsSchedule = defineNode({
  type: "sampling/sds-schedule",
  version: 1,
  title: "SDS schedule",
  help: "Gives each place its own timesteps: the more texture, the denser at both ends.",
  source: "TSS, eq. 4-9",
  inputs: {
    variance: map({ help: "The variance map of the very picture that is encoded." }),
    original: latent({ help: "The latent to be sampled, whose grid the timesteps lie on." }),
    denoiser: denoiser({ optional: true, help: "Knows its last timestep; else `terminal` holds." }),
  },
  params: {
    steps: integer({ default: 7, min: 1, max: 1000, softMax: 50 }),
    family: choice({ default: "polynomial", options: resamplingFamilies }),
    strengthMin: number({
      default: 0,
      min: 0,
      max: 100,
      softMax: 4,
      step: 0.1,
      help: "Where least varies. 0 is uniform in every family, as 1 is in the polynomial.",
    }),
    strengthMax: number({
      default: 0,
      min: 0,
      max: 100,
      softMax: 4,
      step: 0.1,
      help: "Where most varies. 0 suits the steps: polynomial 2 up to 20 steps, 1.3 from 100 on.",
    }),
    boundaryMin: number({
      default: 0.4,
      min: 0.001,
      max: 1,
      step: 0.05,
      help: "Where the halves meet in flat places, as a part of all timesteps.",
    }),
    boundaryMax: number({
      default: 0.6,
      min: 0.001,
      max: 1,
      step: 0.05,
      help: "Where the halves meet in textured places, as a part of all timesteps.",
    }),
    terminal: integer({
      default: 1000,
      min: 1,
      max: 100000,
      help: "The last timestep of the model's training, from which sampling starts.",
    }),
  },
  outputs: { schedule: schedule() },
  run: async (inputs, params, context) => {
    const { steps, family } = params;
    const terminal = inputs.denoiser?.process.timesteps ?? params.terminal;
    const uniform = uniformTimesteps(terminal, steps);
    const wanted = rangesOf(params, terminal);
    const strength = clampStrengthRange(terminal, steps, wanted);
    if (strength.max < wanted.strength.max) {
      context.note(
        `A strength of ${round(wanted.strength.max)} would put timesteps less than 1 apart at ` +
          `${steps} steps; ${round(strength.max)} is used.`,
      );
    }
    const options: SpatialResampling = { family, strength, boundary: wanted.boundary };
    const variance = await onLatentGrid(inputs.variance, inputs.original);
    const [height = 1, width = 1] = inputs.original.samples.shape.slice(2);
    const asMap = (values: Float32Array) => float32Tensor([1, 1, height, width], values);
    context.preview({ kind: "heat-map", values: asMap(variance) });
    const quantiles = varianceQuantiles(variance);
    const curves = spatialTimesteps(uniform, options, Float32Array.from(quantiles));
    previewTimesteps(context, [
      ...quantiles.map((quantile, index) => ({
        name: `variance ${round(quantile)}`,
        points: curves.map((timesteps) => timesteps[index] ?? 0),
      })),
      { name: "uniform", points: uniform },
    ]);
    const timesteps = spatialTimesteps(uniform, options, variance).map(asMap);
    return { schedule: { kind: "map", timesteps } };
  },
});

interface Bounds {
  readonly steps: number;
  readonly family: ResamplingFamily;
  readonly strengthMin: number;
  readonly strengthMax: number;
  readonly boundaryMin: number;
  readonly boundaryMax: number;
}

/** What the parameters ask for, before any clamping. */
function rangesOf(bounds: Bounds, terminal: number): SpatialResampling {
  const { family, boundaryMin, boundaryMax } = bounds;
  const { uniform, most } = strengthLimits[family];
  const strength = {
    min: bounds.strengthMin === 0 ? uniform : bounds.strengthMin,
    max: bounds.strengthMax === 0 ? suitableStrength(family, bounds.steps) : bounds.strengthMax,
  };
  for (const [port, value] of [
    ["strengthMin", strength.min],
    ["strengthMax", strength.max],
  ] as const) {
    if (value >= uniform && value <= most) continue;
    const rule = value < uniform ? `at least ${uniform}` : `at most ${most}`;
    throw invalid(port, `The strength of the ${family} is ${rule}, not ${value}.`);
  }
  requireAscending("strength", strength);
  requireAscending("boundary", { min: boundaryMin, max: boundaryMax });
  return {
    family,
    strength,
    boundary: { min: boundaryMin * terminal, max: boundaryMax * terminal },
  };
}

function requireAscending(name: string, { min, max }: VarianceRange): void {
  if (min <= max) return;
  const message = `The ${name} of flat places, ${round(min)}, is above that of textured ones, ${round(max)}.`;
  throw invalid(`${name}Min`, message);
}

function invalid(port: string, message: string): DiopterError {
  return new DiopterError("node/invalid-value", { message, remedy: `Correct ${port}.`, port });
}

const round = (value: number) => Number(value.toFixed(2));
