import { defineNode, image, numberPort } from "@diopter/engine";
import type { Plane } from "./measures/index.js";
import { borderParameter, meanOver, readPair } from "./picture-pair.js";

/** How far a picture is from a reference, by a measure of planes. */
export interface LumaDistance {
  readonly type: string;
  readonly title: string;
  readonly help: string;
  readonly source: string;
  /** 0 where the planes are equal; for sides of 2 and more. */
  readonly measure: (left: Plane, right: Plane) => number;
}

/** Runs on the host, in double precision, on luma; of a batch, the mean. */
export function defineLumaDistance({ measure, ...described }: LumaDistance) {
  return defineNode({
    ...described,
    version: 1,
    inputs: { image: image(), reference: image() },
    params: { border: borderParameter },
    outputs: { value: numberPort({ help: "0 where equal, lower is closer" }) },
    async run(inputs, { border }) {
      const options = { channels: "Y", border, leastSide: 2 } as const;
      const pair = await readPair(inputs.image, inputs.reference, options);
      return { value: meanOver(pair, measure) };
    },
  });
}
