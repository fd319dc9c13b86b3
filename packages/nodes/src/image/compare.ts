import {
  choice,
  defineNode,
  float32Tensor,
  type ImageValue,
  image,
  map,
  metrics,
  number,
} from "@diopter/engine";
import {
  channelPlanes,
  lumaPlanes,
  type Plane,
  peakSignalToNoise,
  structuralSimilarity,
} from "../metrics/measures/index.js";
import { meanOver, requireSameSize } from "../metrics/picture-pair.js";

/** Both pictures have one size; of a batch all pictures are compared. */
export const compare = defineNode({
  type: "image/compare",
  version: 1,
  title: "Compare",
  help: "Shows and measures how two pictures differ.",
  source: "PSNR and SSIM as metrics/psnr and metrics/ssim; Y = .299R + .587G + .114B",
  inputs: { image: image(), reference: image() },
  params: {
    view: choice({ default: "side-by-side", options: ["side-by-side", "slider"] }),
    slider: number({
      default: 0.5,
      min: 0,
      max: 1,
      help: "In the slider's view: left of it the picture, right of it the reference",
    }),
    gain: number({ default: 4, min: 0, max: 1000, softMax: 20, help: "Amplifies the difference" }),
  },
  outputs: {
    difference: map({ help: "Mean absolute difference of the channels, times the gain" }),
    view: image({ help: "Both pictures in one" }),
    metrics: metrics({ help: "psnr and ssim on luma, psnrRgb, meanDifference" }),
  },
  async run(inputs, { view, slider, gain }, context) {
    requireSameSize(inputs.image, inputs.reference);
    const [batch = 1, , height = 1, width = 1] = inputs.image.pixels.shape;
    const pair = [await inputs.image.pixels.read(), await inputs.reference.pixels.read()] as const;
    const difference = meanDifference(pair, width * height, batch);
    const amplified = difference.map((value) => Math.min(1, value * gain));
    const values = float32Tensor([batch, 1, height, width], amplified);
    const joined =
      view === "slider"
        ? joinRows(pair, width, Math.round(slider * width), Math.round(slider * width))
        : joinRows(pair, width, width, 0);
    const shown = joined.length / (batch * 3 * height);
    const pixels = float32Tensor([batch, 3, height, shown], joined);
    context.preview({ kind: "image", pixels });
    context.preview({ kind: "heat-map", values });
    const shownImage: ImageValue = { pixels, origin: { bitDepth: 8, gray: false } };
    return {
      difference: { values },
      view: shownImage,
      metrics: measure(pair, width, height, difference),
    };
  },
});

type PixelPair = readonly [Float32Array, Float32Array];

function meanDifference([left, right]: PixelPair, size: number, batch: number): Float32Array {
  const difference = new Float32Array(batch * size);
  for (let index = 0; index < 3 * batch * size; index += 1) {
    const place = Math.floor(index / (3 * size)) * size + (index % size);
    const distance = Math.abs((left[index] ?? 0) - (right[index] ?? 0));
    difference[place] = (difference[place] ?? 0) + distance / 3;
  }
  return difference;
}

/** Each row: the first picture's columns before `end`, then the second's from `start`. */
function joinRows([left, right]: PixelPair, width: number, end: number, start: number) {
  const rows = left.length / width;
  const joinedWidth = end + width - start;
  const joined = new Float32Array(rows * joinedWidth);
  for (let row = 0; row < rows; row += 1) {
    const from = row * width;
    joined.set(left.subarray(from, from + end), row * joinedWidth);
    joined.set(right.subarray(from + start, from + width), row * joinedWidth + end);
  }
  return joined;
}

/** SSIM is left out where the pictures are smaller than its window. */
function measure(
  [left, right]: PixelPair,
  width: number,
  height: number,
  difference: Float32Array,
): Readonly<Record<string, number>> {
  const planes = (of: (p: Float32Array, w: number, h: number) => readonly Plane[]) => ({
    left: of(left, width, height),
    right: of(right, width, height),
  });
  const luma = planes(lumaPlanes);
  const channels = planes(channelPlanes);
  const ssim = meanOver(luma, structuralSimilarity);
  const sum = difference.reduce((total, value) => total + value, 0);
  return {
    psnr: peakSignalToNoise(luma.left, luma.right),
    ...(Number.isNaN(ssim) ? {} : { ssim }),
    psnrRgb: peakSignalToNoise(channels.left, channels.right),
    meanDifference: sum / difference.length,
  };
}
