import {
  defineNode,
  type ImageValue,
  image,
  type RunContext,
  type Tensor,
  tiles,
} from "@diopter/engine";
import { resizeTensor } from "../image/resize.js";
import { mergeTensors, requireContent } from "./merge-tensors.js";

/**
 * Σ(w·tile)/Σw with Gaussian weights, in memory of one row of tiles beside the result. The alpha of
 * the picture that was split is put back, enlarged (bicubic) where the tiles were.
 */
export const mergeTiles = defineNode({
  type: "tiles/merge",
  version: 1,
  title: "Merge picture",
  help: "Joins a picture's overlapping tiles without a seam.",
  source: "AdaDiffSR, region integration; weights of StableSR",
  inputs: { tiles: tiles() },
  params: {},
  outputs: { image: image() },
  async run({ tiles: value }, _params, context) {
    requireContent(value, "image");
    const pixels = await mergeTensors(value, context);
    context.preview({ kind: "image", pixels });
    if (!("pixels" in value.source)) return { image: { pixels } };
    return { image: await withAlpha(value.source, pixels, context) };
  },
});

async function withAlpha(
  source: ImageValue,
  pixels: Tensor<"float32">,
  { signal }: RunContext,
): Promise<ImageValue> {
  const { alpha } = source;
  if (alpha === undefined) return { ...source, pixels };
  const [, , height = 1, width = 1] = pixels.shape;
  const resized = await resizeTensor(alpha, { width, height, filter: "bicubic", signal });
  return { ...source, pixels, alpha: resized };
}
