import { defineNode, file } from "@diopter/engine";
import { loadDenoiser } from "../model/index.js";

/** What reads its output runs once for each model, up to a node that collects. */
export const models = defineNode({
  type: "control/models",
  version: 1,
  title: "Models",
  help: "Loads the diffusion models of a folder or glob, to compare them.",
  inputs: {},
  params: {
    ...loadDenoiser.params,
    path: file({
      default: "",
      content: "model",
      many: true,
      named: loadDenoiser.params.path.named,
      title: "Folder",
      help: "A folder, a pattern such as models/*.safetensors, or one model",
    }),
  },
  outputs: loadDenoiser.outputs,
  run: (inputs, params, context) => loadDenoiser.run(inputs, params, context),
});
