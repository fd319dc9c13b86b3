import { choice, defineNode, image, numberPort } from "@diopter/engine";
import { ssimWindow, structuralSimilarity } from "./measures/index.js";
import { borderParameter, meanOver, measuredChannels, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, row by row. */
export const ssim = defineNode({
  type: "metrics/ssim",
  version: 1,
  title: "SSIM",
  help: "Structural similarity of a picture to a reference, 1 where they are equal.",
  source: "Wang, Bovik, Sheikh, Simoncelli 2004, eq. 13; 11×11 Gaussian window, σ 1.5",
  inputs: { image: image(), reference: image() },
  params: {
    channels: choice({ default: "Y", options: measuredChannels }),
    border: borderParameter,
  },
  outputs: { value: numberPort({ help: "−1 to 1, higher is closer" }) },
  async run(inputs, { channels, border }) {
    const pair = await readPair(inputs.image, inputs.reference, {
      channels,
      border,
      leastSide: ssimWindow,
    });
    return { value: meanOver(pair, structuralSimilarity) };
  },
});
