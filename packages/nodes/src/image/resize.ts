import { choice, defineNode, image, integer, number, type Tensor } from "@diopter/engine";
import { resizeFilters } from "./resample/index.js";
import { type Resampling, resampleTensor } from "./resample-tensor.js";
import { resizeModes, resizeTarget } from "./resize-target.js";

/**
 * Resizes in float, never through 8 bits, on the sRGB-encoded values as they are (as Pillow and
 * PyTorch do). The alpha is resized alongside with the same filter. Results are clamped to 0..1.
 */
export const resize = defineNode({
  type: "image/resize",
  version: 1,
  title: "Resize",
  help: "Makes a picture smaller or larger by antialiased interpolation.",
  source: "R. Keys 1981 (bicubic, a = −0.5, as Pillow and PyTorch's antialias); Lanczos-3",
  inputs: { image: image() },
  params: {
    by: choice({ default: "scale", options: resizeModes }),
    scale: number({ default: 2, min: 0.001, max: 100, softMin: 0.25, softMax: 4, unit: "×" }),
    width: integer({ default: 0, min: 0, max: 100_000, unit: "px", help: "0 keeps the ratio" }),
    height: integer({ default: 0, min: 0, max: 100_000, unit: "px", help: "0 keeps the ratio" }),
    side: integer({ default: 1024, min: 1, max: 100_000, unit: "px" }),
    multipleOf: integer({ default: 1, min: 1, max: 1024, unit: "px" }),
    filter: choice({ default: "bicubic", options: resizeFilters }),
  },
  outputs: { image: image() },
  async run({ image: source }, params, { signal, progress }) {
    const [, , height = 1, width = 1] = source.pixels.shape;
    const target = resizeTarget(width, height, params);
    const resizing = { ...target, filter: params.filter, signal };
    const pixels = await resizeTensor(source.pixels, { ...resizing, progress });
    if (source.alpha === undefined) return { image: { ...source, pixels } };
    return { image: { ...source, pixels, alpha: await resizeTensor(source.alpha, resizing) } };
  },
});

/** Resizes every plane of an [N, C, H, W] tensor, clamped to 0..1, giving way between planes. */
export async function resizeTensor(
  source: Tensor<"float32">,
  resizing: Resampling,
): Promise<Tensor<"float32">> {
  const result = await resampleTensor(source, resizing);
  if (result !== source) clampInPlace(await result.read());
  return result;
}

function clampInPlace(data: Float32Array): void {
  for (let index = 0; index < data.length; index += 1) {
    const value = data[index] ?? 0;
    if (value > 1) data[index] = 1;
    else if (value < 0) data[index] = 0;
  }
}
