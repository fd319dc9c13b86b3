import { float32Tensor, type Tensor } from "@diopter/engine";
import { createResampler, type ResizeFilter } from "./resample/index.js";

/** The size and the filter. */
export interface Resampling {
  readonly width: number;
  readonly height: number;
  readonly filter: ResizeFilter;
  readonly signal: AbortSignal;
  readonly progress?: (done: number, total: number, label: string) => void;
}

/**
 * Resamples every plane of an [N, C, H, W] tensor, giving way between planes. Values are not
 * clamped; the tensor itself where the size is its own.
 */
export async function resampleTensor(
  source: Tensor<"float32">,
  { width, height, filter, signal, progress }: Resampling,
): Promise<Tensor<"float32">> {
  const [batch = 1, channels = 1, sourceHeight = 1, sourceWidth = 1] = source.shape;
  if (sourceWidth === width && sourceHeight === height) return source;
  const data = await source.read();
  const sizes = {
    width: sourceWidth,
    height: sourceHeight,
    targetWidth: width,
    targetHeight: height,
  };
  const resampler = createResampler(sizes, filter);
  const planes = batch * channels;
  const from = sourceWidth * sourceHeight;
  const to = width * height;
  const result = new Float32Array(planes * to);
  for (let plane = 0; plane < planes; plane += 1) {
    signal.throwIfAborted();
    const target = result.subarray(plane * to, (plane + 1) * to);
    resampler(data.subarray(plane * from, (plane + 1) * from), target);
    progress?.(plane + 1, planes, "channel");
    await new Promise((resume) => setImmediate(resume));
  }
  return float32Tensor([batch, channels, height, width], result);
}
