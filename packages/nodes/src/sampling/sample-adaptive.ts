import {
  choice,
  defineNode,
  denoiser,
  gain,
  image,
  injection,
  integer,
  latent,
  metrics,
  policy,
  sampler,
  schedule,
  seed,
  type Tensor,
} from "@diopter/engine";
import { createPlan } from "./adaptive/create-plan.js";
import { createAdaptiveRun } from "./adaptive/create-run.js";
import { evaluationMetrics, evaluationNote } from "./adaptive/evaluation-metrics.js";
import { sampleAdaptively } from "./adaptive/sample-picture.js";
import type { TileState } from "./adaptive/tile-state.js";
import { joinBatch, requireSameSpace } from "./loop/latent-batch.js";
import { originalFeatures } from "./loop/original-features.js";
import { fitPreview } from "./loop/preview-projection.js";

export const sampleAdaptive = defineNode({
  type: "sampling/sample-adaptive",
  version: 1,
  title: "Sample adaptively",
  help: "Denoises in tiles, each with timesteps of its own, by what its last step has gained.",
  source: "AdaDiffSR, figure 3",
  inputs: {
    denoiser: denoiser(),
    original: latent({ help: "The latent of the enlarged low-resolution picture." }),
    picture: image({
      optional: true,
      help: "The low-resolution picture itself, for models that look at it too.",
    }),
    gain: gain({ optional: true, help: "Tells what each step of a tile has gained." }),
    policy: policy({ optional: true, help: "Decides each tile's next timestep by its gain." }),
    injection: injection({
      optional: true,
      help: "Changes what the denoiser sees of the original, by the gain.",
    }),
    schedule: schedule({ optional: true, help: "Without a policy: the timesteps of all tiles." }),
    sampler: sampler({ optional: true, help: "Without one, the model's own rule is taken." }),
  },
  params: {
    steps: integer({
      default: 40,
      min: 1,
      max: 1000,
      softMax: 50,
      help: "Evaluations of the model for each tile, with neither policy nor schedule.",
    }),
    seed: seed({ default: 0, help: "Equal seeds give equal pictures, on every device." }),
    tile: integer({
      default: 24,
      min: 8,
      max: 4096,
      softMax: 128,
      help: "The side of a tile, in latent elements.",
    }),
    overlap: integer({
      default: 8,
      min: 0,
      max: 1024,
      softMax: 64,
      help: "Elements that tiles share, at most three quarters of a tile.",
    }),
    batch: integer({
      default: 4,
      min: 1,
      max: 1024,
      softMax: 32,
      help: "Tiles that go through the network at once; the result is the same.",
    }),
    blend: choice({
      default: "at the end",
      options: ["every step", "at the end"],
      help: "When tiles are merged: every step keeps neighbours' estimates together.",
    }),
  },
  outputs: {
    latent: latent(),
    evaluations: metrics({ help: "Network evaluations of the tiles: in all, mean, least, most." }),
  },
  run: async (inputs, params, context) => {
    const { original } = inputs;
    requireSameSpace(inputs.denoiser, original);
    const [batch = 1, channels = 1, height = 1, width = 1] = original.samples.shape;
    const { timesteps: terminal } = inputs.denoiser.process;
    const plan = createPlan({ ...inputs, steps: params.steps, terminal });
    const run = createAdaptiveRun({ ...inputs, seed: params.seed }, context);
    const finished: Tensor<"float32">[] = [];
    const tiles: TileState[] = [];
    for (let item = 0; item < batch; item += 1) {
      const features = await originalFeatures(
        inputs.denoiser,
        original,
        inputs.picture,
        item,
        context,
      );
      const before = tiles.reduce((sum, { steps }) => sum + steps.length, 0);
      const progress = (done: number, total: number) =>
        context.progress(before + done, before + total * (batch - item), "evaluation");
      const preview = context.watched ? fitPreview(features) : undefined;
      const sampled = await sampleAdaptively(
        run,
        plan,
        { item, original: features, preview, progress },
        params,
      );
      finished.push(sampled.samples);
      tiles.push(...sampled.tiles);
    }
    context.note(evaluationNote(tiles));
    const samples = await joinBatch(finished, [batch, channels, height, width]);
    return { latent: { ...original, samples }, evaluations: evaluationMetrics(tiles) };
  },
});
