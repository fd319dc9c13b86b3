import { float32Tensor, type Tensor } from "@diopter/engine";
import type { OriginalFeatures } from "./original-features.js";

/** Turns a latent, channels × height × width, into a small picture [1, 3, h, w]. */
export type PreviewProjection = (latent: Float32Array) => Tensor<"float32">;

const largestSample = 4096;
/** Keeps the solution finite where channels depend on each other, as in a flat picture. */
const ridge = 1e-3;

/**
 * A linear map from latent channels to colours, fitted by least squares to the original's latent
 * and its own picture on the latent grid: nothing has to be decoded to look at a step, and no model
 * has to bring weights for it. Undefined where the features have no picture.
 */
export function fitPreview(original: OriginalFeatures): PreviewProjection | undefined {
  const { data, channels, pictureChannels, width, height } = original;
  if (pictureChannels === 0) return undefined;
  const area = width * height;
  const colours = meanColours(original);
  const size = channels + 1;
  const left = Array.from({ length: size }, () => new Float64Array(size + 3));
  const stride = Math.max(1, Math.ceil(area / largestSample));
  const row = new Float64Array(size + 3).fill(1);
  for (let place = 0; place < area; place += stride) {
    for (let c = 0; c < channels; c += 1) row[c] = data[c * area + place] ?? 0;
    for (let c = 0; c < 3; c += 1) row[size + c] = colours[c * area + place] ?? 0;
    left.forEach((sums, i) => {
      for (let j = 0; j < size + 3; j += 1)
        sums[j] = (sums[j] ?? 0) + (row[i] ?? 0) * (row[j] ?? 0);
    });
  }
  left.forEach((sums, i) => {
    sums[i] = (sums[i] ?? 0) + (ridge * area) / stride;
  });
  const weights = solve(left);
  return (latent) => project(latent, weights, { channels, width, height });
}

/** Mean of each colour's unshuffled positions, 0 to 1: 3 × height × width. */
function meanColours({ data, channels, pictureChannels, width, height }: OriginalFeatures) {
  const area = width * height;
  const positions = pictureChannels / 3;
  return Float32Array.from({ length: 3 * area }, (_, index) => {
    const first = (channels + Math.floor(index / area) * positions) * area + (index % area);
    let sum = 0;
    for (let p = 0; p < positions; p += 1) sum += data[first + p * area] ?? 0;
    return (sum / positions + 1) / 2;
  });
}

/** Gauss-Jordan elimination of a symmetric positive definite system with three right sides. */
function solve(rows: readonly Float64Array[]): readonly Float64Array[] {
  rows.forEach((pivotRow, pivot) => {
    const divisor = pivotRow[pivot] ?? 1;
    pivotRow.forEach((value, j) => {
      pivotRow[j] = value / divisor;
    });
    rows.forEach((other, i) => {
      const factor = other[pivot] ?? 0;
      if (i === pivot || factor === 0) return;
      other.forEach((value, j) => {
        other[j] = value - factor * (pivotRow[j] ?? 0);
      });
    });
  });
  return rows.map((row) => row.subarray(rows.length));
}

function project(
  latent: Float32Array,
  weights: readonly Float64Array[],
  { channels, width, height }: Pick<OriginalFeatures, "channels" | "width" | "height">,
): Tensor<"float32"> {
  const area = width * height;
  const pixels = new Float32Array(3 * area);
  for (let colour = 0; colour < 3; colour += 1) {
    const plane = pixels.subarray(colour * area, (colour + 1) * area);
    plane.fill(weights[channels]?.[colour] ?? 0);
    for (let channel = 0; channel < channels; channel += 1) {
      const weight = weights[channel]?.[colour] ?? 0;
      const from = channel * area;
      for (let x = 0; x < area; x += 1)
        plane[x] = (plane[x] ?? 0) + weight * (latent[from + x] ?? 0);
    }
  }
  return float32Tensor(
    [1, 3, height, width],
    pixels.map((v) => Math.min(Math.max(v, 0), 1)),
  );
}
