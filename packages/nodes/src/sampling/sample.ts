import {
  choice,
  defineNode,
  denoiser,
  image,
  integer,
  latent,
  type ScheduleValue,
  sampler,
  schedule,
  seed,
  type Tensor,
} from "@diopter/engine";
import { joinBatch, requireSameSpace } from "./loop/latent-batch.js";
import { originalFeatures } from "./loop/original-features.js";
import { fitPreview } from "./loop/preview-projection.js";
import { type StepWatcher, sampleByStep, sampleByTile } from "./loop/sample-whole.js";
import { createRun } from "./loop/sampling-run.js";
import { createTimeline } from "./loop/timeline.js";
import { createRule } from "./rules/create-rule.js";
import { uniformTimesteps } from "./schedules/uniform.js";

export const sample = defineNode({
  type: "sampling/sample",
  version: 1,
  title: "Sample",
  help: "Denoises step by step from the original's latent to a sharp one.",
  source: "Ho et al., DDPM; Song et al., DDIM; Yue et al., ResShift",
  inputs: {
    denoiser: denoiser(),
    original: latent({ help: "The latent of the enlarged low-resolution picture." }),
    picture: image({
      optional: true,
      help: "The low-resolution picture itself, for models that look at it too.",
    }),
    schedule: schedule({ optional: true, help: "Without one, `steps` uniform steps are taken." }),
    sampler: sampler({ optional: true, help: "Without one, the model's own rule is taken." }),
  },
  params: {
    steps: integer({
      default: 10,
      min: 1,
      max: 1000,
      softMax: 50,
      help: "Evaluations of the model; a wired schedule has its own.",
    }),
    seed: seed({ default: 0, help: "Equal seeds give equal pictures, on every device." }),
    tile: integer({
      default: 192,
      min: 8,
      max: 4096,
      help: "Latents with a longer side are sampled in tiles of this side, in latent elements.",
    }),
    overlap: integer({
      default: 32,
      min: 0,
      max: 1024,
      help: "Elements that tiles share, at most three quarters of a tile.",
    }),
    blend: choice({
      default: "every step",
      options: ["every step", "at the end"],
      help: "When tiles are merged: every step keeps neighbours together.",
    }),
  },
  outputs: { latent: latent() },
  run: async (inputs, params, context) => {
    const { original } = inputs;
    requireSameSpace(inputs.denoiser, original);
    const [batch = 1, channels = 1, height = 1, width = 1] = original.samples.shape;
    const { timesteps: terminal } = inputs.denoiser.process;
    const wanted = inputs.schedule ?? uniformSchedule(terminal, params.steps);
    const rule = createRule(inputs.denoiser, inputs.sampler);
    const timeline = await createTimeline(wanted, rule, terminal, { width, height });
    const run = createRun({ denoiser: inputs.denoiser, timeline, seed: params.seed, context });
    const total = batch * timeline.steps;
    const finished: Tensor<"float32">[] = [];
    for (let item = 0; item < batch; item += 1) {
      const features = await originalFeatures(
        inputs.denoiser,
        original,
        inputs.picture,
        item,
        context,
      );
      const preview = context.watched ? fitPreview(features) : undefined;
      const fits = width <= params.tile && height <= params.tile;
      if (params.blend === "at the end" && !fits) {
        const done = (tiles: number, of: number) =>
          context.progress(item * of + tiles, batch * of, "tile");
        finished.push(await sampleByTile(run, features, params, done, `${item}`));
        continue;
      }
      const before = item * timeline.steps;
      const watch: StepWatcher = {
        tile: (step, tiles, of) =>
          context.progress(before + step, total, "step", { done: tiles, total: of, label: "tile" }),
        step: async (step, clean) => {
          context.progress(before + step, total, "step");
          if (preview === undefined) return;
          context.preview({ kind: "image", pixels: preview(await clean.read()) });
        },
      };
      finished.push(await sampleByStep(run, features, params, watch, `${item}`));
    }
    const samples = await joinBatch(finished, [batch, channels, height, width]);
    return { latent: { ...original, samples } };
  },
});

function uniformSchedule(terminal: number, steps: number): ScheduleValue {
  return { kind: "scalar", timesteps: uniformTimesteps(terminal, steps) };
}
