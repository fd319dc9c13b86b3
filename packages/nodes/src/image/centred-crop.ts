import { float32Tensor, type ImageValue, type Tensor } from "@diopter/engine";
import type { ResizeFilter } from "./resample/index.js";
import { resizeTensor } from "./resize.js";

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The largest rectangle of a ratio in the middle of a picture; the same number of pixels, rounded,
 * goes on either side.
 */
export function centredArea(source: Size, ratio: Size): Size & { left: number; top: number } {
  const [own, wanted] = [source.width / source.height, ratio.width / ratio.height];
  const across = Math.max(0, (source.width - source.width * (wanted / own)) / 2);
  const down = Math.max(0, (source.height - source.height * (own / wanted)) / 2);
  const left = Math.min(Math.round(across), Math.floor((source.width - 1) / 2));
  const top = Math.min(Math.round(down), Math.floor((source.height - 1) / 2));
  return { left, top, width: source.width - 2 * left, height: source.height - 2 * top };
}

/** Cuts the middle out of every plane of an [N, C, H, W] tensor. */
export async function cropCentre(
  source: Tensor<"float32">,
  ratio: Size,
): Promise<Tensor<"float32">> {
  const [batch = 1, channels = 1, fullHeight = 1, fullWidth = 1] = source.shape;
  const full = { width: fullWidth, height: fullHeight };
  const { left, top, width, height } = centredArea(full, ratio);
  if (width === fullWidth && height === fullHeight) return source;
  const data = await source.read();
  const result = new Float32Array(batch * channels * height * width);
  for (let line = 0; line < batch * channels * height; line += 1) {
    const plane = Math.floor(line / height);
    const start = (plane * fullHeight + top + (line % height)) * fullWidth + left;
    result.set(data.subarray(start, start + width), line * width);
  }
  return float32Tensor([batch, channels, height, width], result);
}

/** The pixels at a size: what exceeds its ratio is cut off evenly, the rest is resized. */
export async function coverSize(
  { pixels }: ImageValue,
  size: Size,
  filter: ResizeFilter,
  signal: AbortSignal,
): Promise<Tensor<"float32">> {
  const [, , height = 1, width = 1] = pixels.shape;
  if (width === size.width && height === size.height) return pixels;
  return resizeTensor(await cropCentre(pixels, size), { ...size, filter, signal });
}
