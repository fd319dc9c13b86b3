import {
  defineNode,
  denoiser,
  image,
  integer,
  latent,
  type ScheduleValue,
  seed,
  type Tensor,
} from "@diopter/engine";
import { joinBatch, requireSameSpace } from "./loop/latent-batch.js";
import { originalFeatures } from "./loop/original-features.js";
import { type StepWatcher, sampleByStep } from "./loop/sample-whole.js";
import { createRun } from "./loop/sampling-run.js";
import { createTimeline } from "./loop/timeline.js";
import { createRule } from "./rules/create-rule.js";

export const oneStep = defineNode({
  type: "sampling/one-step",
  version: 1,
  title: "One step",
  help: "Evaluates the denoiser once, at T, and takes what it holds the clean latent to be.",
  source: "TinySR, inference",
  inputs: {
    denoiser: denoiser({ help: "With time modules, streamlined at T, or a student." }),
    original: latent({ help: "The latent of the enlarged low-resolution picture." }),
    picture: image({
      optional: true,
      help: "The low-resolution picture itself, for models that look at it too.",
    }),
  },
  params: {
    seed: seed({ default: 0, help: "Of the noise at the start; students begin without any." }),
    tile: integer({
      default: 192,
      min: 8,
      max: 4096,
      help: "Latents with a longer side go through in tiles of this side, in latent elements.",
    }),
    overlap: integer({
      default: 32,
      min: 0,
      max: 1024,
      help: "Elements that tiles share, at most three quarters of a tile.",
    }),
  },
  outputs: { latent: latent() },
  run: async (inputs, params, context) => {
    const { original, picture } = inputs;
    requireSameSpace(inputs.denoiser, original);
    const [batch = 1, channels = 1, height = 1, width = 1] = original.samples.shape;
    const { timesteps: terminal } = inputs.denoiser.process;
    const schedule: ScheduleValue = { kind: "scalar", timesteps: [terminal, 0] };
    const rule = createRule(inputs.denoiser, undefined);
    const timeline = await createTimeline(schedule, rule, terminal, { width, height });
    const run = createRun({ denoiser: inputs.denoiser, timeline, seed: params.seed, context });
    const finished: Tensor<"float32">[] = [];
    for (let item = 0; item < batch; item += 1) {
      const features = await originalFeatures(inputs.denoiser, original, picture, item, context);
      const watch: StepWatcher = {
        tile: (_step, tiles, of) =>
          context.progress(item, batch, "picture", { done: tiles, total: of, label: "tile" }),
        step: async () => context.progress(item + 1, batch, "picture"),
      };
      finished.push(await sampleByStep(run, features, params, watch, `${item}`));
    }
    const samples = await joinBatch(finished, [batch, channels, height, width]);
    return { latent: { ...original, samples } };
  },
});
