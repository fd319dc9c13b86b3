import { defineNode, image, metrics, numberPort } from "@diopter/engine";
import {
  brisqueFeatureNames,
  brisqueFeatures,
  brisqueLeastSide,
  featureDistance,
} from "./measures/index.js";
import { borderParameter, readPair } from "./picture-pair.js";

/**
 * Runs on the host, in double precision, on luma. The authors' regression from features to opinions
 * is not part of it: features and distances only. Of a batch, means.
 */
export const brisque = defineNode({
  type: "metrics/brisque",
  version: 1,
  title: "BRISQUE features",
  help: "Statistics that tell natural pictures from spoiled ones, and their distance between two.",
  source: "Mittal, Moorthy, Bovik 2012, table I",
  inputs: { image: image(), reference: image() },
  params: { border: borderParameter },
  outputs: {
    value: numberPort({ help: "Euclidean distance of the features, 0 where equal" }),
    features: metrics({ help: "The picture's own 36 features" }),
  },
  async run(inputs, { border }) {
    const options = { channels: "Y", border, leastSide: brisqueLeastSide } as const;
    const { left, right } = await readPair(inputs.image, inputs.reference, options);
    const own = left.map(brisqueFeatures);
    const distances = right.map((plane, index) =>
      featureDistance(own[index] ?? [], brisqueFeatures(plane)),
    );
    const features = brisqueFeatureNames.map((name, place) => [
      name,
      mean(own.map((vector) => vector[place] ?? 0)),
    ]);
    return { value: mean(distances), features: Object.fromEntries(features) };
  },
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
