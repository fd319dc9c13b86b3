import { defineNode, file, type VaeValue, vae } from "@diopter/engine";
import { diopterVae } from "../architectures/index.js";
import { buildModel, readCheckpoint } from "./read-checkpoint.js";
import { rememberModels } from "./remember-models.js";
import { shippedVaes } from "./shipped-models.js";

const built = rememberModels<VaeValue>();

export const loadVae = defineNode({
  type: "model/load-vae",
  version: 1,
  title: "Load VAE",
  help: "Loads the pair of networks between pictures and latents from a .safetensors file.",
  inputs: {},
  params: {
    path: file({
      default: "vae",
      content: "model",
      named: shippedVaes,
      help: "A .safetensors file, or the name of a model that ships.",
    }),
  },
  outputs: { vae: vae() },
  run: async (_inputs, { path }, context) => {
    const checkpoint = await readCheckpoint(shippedVaes[path] ?? context.resolve(path));
    return { vae: built(checkpoint, "", () => buildModel(checkpoint, [diopterVae], undefined)) };
  },
});
