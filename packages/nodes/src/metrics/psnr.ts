import { choice, defineNode, image, numberPort } from "@diopter/engine";
import { peakSignalToNoise } from "./measures/index.js";
import { borderParameter, measuredChannels, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, so that sizes are checked before anything is computed. */
export const psnr = defineNode({
  type: "metrics/psnr",
  version: 1,
  title: "PSNR",
  help: "Peak signal-to-noise ratio of a picture against a reference, in dB, at most 100.",
  source: "10·log10(1/MSE) on 0..1; Y = .299R + .587G + .114B",
  inputs: { image: image(), reference: image() },
  params: {
    channels: choice({ default: "Y", options: measuredChannels }),
    border: borderParameter,
  },
  outputs: { value: numberPort({ help: "dB, higher is closer" }) },
  async run(inputs, { channels, border }) {
    const { left, right } = await readPair(inputs.image, inputs.reference, {
      channels,
      border,
      leastSide: 1,
    });
    return { value: peakSignalToNoise(left, right) };
  },
});
