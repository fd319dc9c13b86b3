import { DiopterError, defineNode, latent, tiles } from "@diopter/engine";
import { mergeTensors, requireContent } from "./merge-tensors.js";

/** Σ(w·tile)/Σw with Gaussian weights, in memory of one row of tiles beside the result. */
export const mergeLatent = defineNode({
  type: "tiles/merge-latent",
  version: 1,
  title: "Merge latent",
  help: "Joins a latent's overlapping tiles without a seam.",
  source: "AdaDiffSR, region integration; weights of StableSR",
  inputs: { tiles: tiles() },
  params: {},
  outputs: { latent: latent() },
  async run({ tiles: value }, _params, context) {
    requireContent(value, "latent");
    if (!("samples" in value.source)) {
      throw new DiopterError("node/invalid-value", {
        message: "These tiles do not say which latent they were cut from.",
        remedy: "Wire tiles/split-latent before this node.",
        port: "tiles",
      });
    }
    return { latent: { ...value.source, samples: await mergeTensors(value, context) } };
  },
});
