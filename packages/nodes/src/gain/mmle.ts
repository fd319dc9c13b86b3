import { defineNode, file, gain, type LoopPartValue } from "@diopter/engine";
import { diopterGain } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "../model/read-checkpoint.js";
import { rememberModels } from "../model/remember-models.js";
import { shippedGains } from "../model/shipped-models.js";

const built = rememberModels<LoopPartValue>();

export const mmle = defineNode({
  type: "gain/mmle",
  version: 1,
  title: "Gain regressor (MMLE)",
  help: "Predicts what each step gains, inside the step's own session, without computing a metric.",
  source: "AdaDiffSR, multi-metrics latent entropy, eq. 1-2",
  inputs: {},
  params: {
    path: file({
      default: "gain",
      content: "model",
      named: shippedGains,
      help: "A .safetensors file, or the name of a regressor that ships.",
    }),
  },
  outputs: { gain: gain() },
  run: async (_inputs, { path }, context) => {
    const checkpoint = await readCheckpoint(shippedGains[path] ?? context.resolve(path));
    const build = (): LoopPartValue => {
      const { module, channels } = buildModel(checkpoint, [diopterGain], undefined);
      return { kind: "mmle", key: module.key, modules: { gain: module }, options: { channels } };
    };
    return { gain: built(checkpoint, "", build) };
  },
});
