import { defineNode, image, number } from "@diopter/engine";

const softContrast = defineNode({
  type: "tone/soft-contrast",
  version: 1,
  title: "Soft contrast",
  help: "Darkens shadows and brightens lights, and leaves black, white and middle gray.",
  source: "smoothstep, 3x² − 2x³",
  inputs: { image: image() },
  params: {
    amount: number({ default: 0.5, min: 0, max: 1, help: "0 leaves the picture as it is." }),
  },
  outputs: { image: image() },
  graph: (g, { image }, { amount }) => {
    const curve = g.mul(g.mul(image, image), g.sub(3, g.mul(image, 2)));
    return { image: g.add(image, g.mul(amount, g.sub(curve, image))) };
  },
});

export const definitions = [softContrast];
