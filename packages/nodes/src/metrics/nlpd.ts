import { defineNode, image, integer, numberPort } from "@diopter/engine";
import { normalisedLaplacianDistance } from "./measures/index.js";
import { meanOver, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, on luma. */
export const nlpd = defineNode({
  type: "metrics/nlpd",
  version: 1,
  title: "NLPD",
  help: "Normalised Laplacian pyramid distance of a picture from a reference: what the eye sees.",
  source: "Laparra, Ballé, Berardino, Simoncelli 2016; six levels",
  inputs: { image: image(), reference: image() },
  params: {
    border: integer({ default: 0, min: 0, max: 1024, unit: "px", help: "left out on every side" }),
  },
  outputs: { value: numberPort({ help: "0 where equal, lower is closer" }) },
  async run(inputs, { border }) {
    const options = { channels: "Y", border, leastSide: 2 } as const;
    const pair = await readPair(inputs.image, inputs.reference, options);
    return { value: meanOver(pair, normalisedLaplacianDistance) };
  },
});
