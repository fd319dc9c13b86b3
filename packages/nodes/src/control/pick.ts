import { DiopterError, defineNode, image, integer, text } from "@diopter/engine";

export const pick = defineNode({
  type: "control/pick",
  version: 1,
  title: "Pick",
  help: "Collects the pictures of an iteration and hands one of them on.",
  inputs: { images: image({ list: true }) },
  params: {
    place: integer({ default: 0, min: -100_000, max: 100_000, help: "From 0; −1 is the last" }),
    over: text({
      default: "",
      help: "The node that begins the iteration to collect; empty collects all",
    }),
  },
  outputs: { image: image() },
  async run({ images }, { place }) {
    const chosen = images.at(place);
    if (chosen !== undefined) return { image: chosen };
    throw new DiopterError("node/invalid-value", {
      message: `There is no picture ${place} among ${images.length}.`,
      remedy: "Choose a place that the list has.",
      port: "place",
    });
  },
});
