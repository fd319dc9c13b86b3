import { defineNode, image, integer, numberPort } from "@diopter/engine";
import { gradientSimilarityDeviation } from "./measures/index.js";
import { meanOver, readPair } from "./picture-pair.js";

/** Runs on the host, in double precision, on luma. */
export const gmsd = defineNode({
  type: "metrics/gmsd",
  version: 1,
  title: "GMSD",
  help: "Gradient magnitude similarity deviation: how unevenly edges differ from a reference's.",
  source: "Xue, Zhang, Mou, Bovik 2014, eq. 4 to 6",
  inputs: { image: image(), reference: image() },
  params: {
    border: integer({ default: 0, min: 0, max: 1024, unit: "px", help: "left out on every side" }),
  },
  outputs: { value: numberPort({ help: "0 where equal, lower is closer" }) },
  async run(inputs, { border }) {
    const options = { channels: "Y", border, leastSide: 2 } as const;
    const pair = await readPair(inputs.image, inputs.reference, options);
    return { value: meanOver(pair, gradientSimilarityDeviation) };
  },
});
