import { defineNode, image, integer } from "@diopter/engine";
import { cropCentre } from "./centred-crop.js";

/** Alpha is cropped alongside. */
export const cropToRatio = defineNode({
  type: "image/crop-to-ratio",
  version: 1,
  title: "Crop to ratio",
  help: "Cuts the largest rectangle of a ratio out of the middle of a picture.",
  inputs: { image: image() },
  params: {
    width: integer({ default: 1, min: 1, max: 100_000, help: "Of the ratio, such as 16" }),
    height: integer({ default: 1, min: 1, max: 100_000, help: "Of the ratio, such as 9" }),
  },
  outputs: { image: image() },
  async run({ image: source }, ratio) {
    const pixels = await cropCentre(source.pixels, ratio);
    if (source.alpha === undefined) return { image: { ...source, pixels } };
    return { image: { ...source, pixels, alpha: await cropCentre(source.alpha, ratio) } };
  },
});
