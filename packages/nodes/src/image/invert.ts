import { defineNode, image } from "@diopter/engine";

/** Alpha stays as it is. */
export const invert = defineNode({
  type: "image/invert",
  version: 1,
  title: "Invert",
  help: "Turns light into dark: one minus each value.",
  inputs: { image: image() },
  params: {},
  outputs: { image: image() },
  graph: (g, inputs) => ({ image: g.sub(1, inputs.image) }),
});
