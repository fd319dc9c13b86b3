import { DiopterError, defineNode, image, numberPort } from "@diopter/engine";
import { naturalness, niqeBlock } from "./measures/index.js";
import { borderParameter, meanOver, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, on luma. */
export const niqe = defineNode({
  type: "metrics/niqe",
  version: 1,
  title: "NIQE",
  help: "How far a picture is from natural ones, without a reference.",
  source:
    "Mittal, Soundararajan, Bovik 2013; fitted on this project's training photographs, so that " +
    "scores are not those of the authors' model",
  inputs: { image: image() },
  params: { border: borderParameter },
  outputs: { value: numberPort({ help: "lower is more natural" }) },
  async run(inputs, { border }) {
    const options = { channels: "Y", border, leastSide: niqeBlock } as const;
    const pair = await readPair(inputs.image, inputs.image, options);
    const value = meanOver(pair, (plane) => naturalness(plane));
    if (!Number.isNaN(value)) return { value };
    throw new DiopterError("node/invalid-value", {
      message: "The picture is flat in every block of 96 × 96 pixels, so it has no statistics.",
      remedy: "Measure a picture with content.",
      port: "image",
    });
  },
});
