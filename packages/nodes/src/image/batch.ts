import { defineNode, float32Tensor, type ImageValue, image } from "@diopter/engine";
import { coverSize } from "./centred-crop.js";

/** Profile and origin are the first one's; alpha is left out. */
export const batch = defineNode({
  type: "image/batch",
  version: 1,
  title: "Batch",
  help: "Puts the pictures of two batches into one, at the size of the first.",
  inputs: {
    first: image(),
    second: image({
      help: "Cut to the ratio of the first and resized, where it has another size.",
    }),
  },
  params: {},
  outputs: { image: image() },
  async run({ first, second }, _params, { signal, note }) {
    const [count = 1, , height = 1, width = 1] = first.pixels.shape;
    const fitted = await coverSize(second, { width, height }, "bilinear", signal);
    if (first.alpha !== undefined || second.alpha !== undefined) note("The alpha is left out.");
    const added = fitted.shape[0] ?? 1;
    const pixels = new Float32Array((count + added) * 3 * height * width);
    pixels.set(await first.pixels.read());
    pixels.set(await fitted.read(), count * 3 * height * width);
    const { alpha: _, ...beside }: ImageValue = first;
    return {
      image: { ...beside, pixels: float32Tensor([count + added, 3, height, width], pixels) },
    };
  },
});
