import {
  type DenoiserValue,
  DiopterError,
  type ImageValue,
  type LatentValue,
  type RunContext,
} from "@diopter/engine";
import { resample } from "../../image/resample/index.js";
import { reflectPad } from "../../latent/reflect-pad.js";

/** What the denoiser sees of one picture beside the noisy latent: planes × height × width. */
export interface OriginalFeatures {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Of the latent, which comes first. */
  readonly channels: number;
  /** Of the low-resolution picture behind it, three colours of factor² positions; maybe 0. */
  readonly pictureChannels: number;
}

/**
 * The original's features [C + 3·f², h, w]: the latent, and the low-resolution picture, 2·pixels − 1,
 * pixel-unshuffled by f to the latent grid, channel C + c·f² + i·f + j. A picture of another size
 * than f·w × f·h is mirrored where only the padding of the latent is missing, and resampled
 * otherwise.
 * @param item which of the batch.
 * @throws DiopterError `model/mismatch` at `original` or `picture`.
 */
export async function originalFeatures(
  denoiser: DenoiserValue,
  latent: LatentValue,
  picture: ImageValue | undefined,
  item: number,
  context: Pick<RunContext, "note">,
): Promise<OriginalFeatures> {
  const [, channels = 0, height = 0, width = 0] = latent.samples.shape;
  const pictureChannels = denoiser.originalChannels - channels;
  const size = channels * height * width;
  const samples = (await latent.samples.read()).subarray(item * size, (item + 1) * size);
  const base = { width, height, channels, pictureChannels };
  if (pictureChannels === 0) return { ...base, data: samples };
  const factor = unshuffleFactor(denoiser, pictureChannels);
  const pixels = await fittedPicture(
    requirePicture(denoiser, picture),
    latent,
    factor,
    item,
    context,
  );
  const data = new Float32Array(denoiser.originalChannels * height * width);
  data.set(samples);
  unshuffleInto(data.subarray(size), pixels, base, factor);
  return { ...base, data };
}

function unshuffleFactor({ name }: DenoiserValue, pictureChannels: number): number {
  const factor = Math.sqrt(pictureChannels / 3);
  if (Number.isInteger(factor) && factor > 0) return factor;
  throw new DiopterError("model/mismatch", {
    message: `${name} wants ${pictureChannels} channels beside the latent, which no picture has.`,
    remedy: "Use the VAE whose latents the model was trained on.",
    port: "original",
  });
}

function requirePicture({ name }: DenoiserValue, picture: ImageValue | undefined): ImageValue {
  if (picture !== undefined) return picture;
  throw new DiopterError("model/mismatch", {
    message: `${name} also looks at the low-resolution picture.`,
    remedy: "Wire the picture, as it was before it was enlarged, to `picture`.",
    port: "picture",
  });
}

/** The pixels of one picture of the batch as 3 × (f·h) × (f·w). */
async function fittedPicture(
  { pixels }: ImageValue,
  { samples, downscale, pictureSize }: LatentValue,
  factor: number,
  item: number,
  context: Pick<RunContext, "note">,
): Promise<Float32Array> {
  const [batch = 1, planes = 3, height = 1, width = 1] = pixels.shape;
  const [latentBatch = 1, , rows = 1, columns = 1] = samples.shape;
  if (batch !== 1 && batch !== latentBatch) throw batchMismatch(batch, latentBatch);
  const [fullWidth, fullHeight] = [columns * factor, rows * factor];
  const area = planes * height * width;
  const start = batch === 1 ? 0 : item * area;
  const data = (await pixels.read()).subarray(start, start + area);
  if (Math.ceil(width / factor) === columns && Math.ceil(height / factor) === rows) {
    return reflectPad({ data, planes, width, height }, fullWidth, fullHeight).data;
  }
  const ratio = factor / downscale;
  const targetWidth = Math.round((pictureSize?.width ?? columns * downscale) * ratio);
  const targetHeight = Math.round((pictureSize?.height ?? rows * downscale) * ratio);
  context.note(
    `The model looks at a low-resolution picture of ${targetWidth}×${targetHeight}: the one of ` +
      `${width}×${height} was resampled.`,
  );
  const resized = resample(data, { width, height, targetWidth, targetHeight }, "bicubic");
  const fitted = { data: resized, planes, width: targetWidth, height: targetHeight };
  return reflectPad(fitted, fullWidth, fullHeight).data;
}

function batchMismatch(pictures: number, latents: number): DiopterError {
  return new DiopterError("node/invalid-value", {
    message: `There are ${pictures} pictures for ${latents} latents.`,
    remedy: "Wire the pictures that the latents were made from.",
    port: "picture",
  });
}

function unshuffleInto(
  target: Float32Array,
  pixels: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  factor: number,
): void {
  const line = width * factor;
  let place = 0;
  for (let channel = 0; channel < 3 * factor * factor; channel += 1) {
    const colour = Math.floor(channel / (factor * factor));
    const row = Math.floor(channel / factor) % factor;
    const column = channel % factor;
    for (let y = 0; y < height; y += 1) {
      const from = (colour * height * factor + y * factor + row) * line + column;
      for (let x = 0; x < width; x += 1) {
        target[place] = 2 * (pixels[from + x * factor] ?? 0) - 1;
        place += 1;
      }
    }
  }
}
