import { gaussianNoise } from "@diopter/engine";
import type { Pause, Picture } from "./degraded-picture.js";
import type { GaussianNoiseOperation, PoissonNoiseOperation } from "./recipe.js";

type NoiseOperation = GaussianNoiseOperation | PoissonNoiseOperation;

/** Photons of a white pixel before the Poisson scale. */
const photons = 256;
const rowsBetweenPauses = 256;

/**
 * Adds Gaussian noise of one deviation, or shot noise whose deviation grows with the root of the
 * value: with gray noise of the luminance, otherwise of each channel. Not clamped.
 */
export async function addNoise(
  picture: Picture,
  seed: number,
  operation: NoiseOperation,
  pause: Pause,
): Promise<Picture> {
  const { width, height, pixels } = picture;
  const area = width * height;
  const deviationAt = deviations(picture, operation);
  const channels = operation.gray ? 1 : 3;
  const result = new Float32Array(pixels.length);
  for (let top = 0; top < height; top += rowsBetweenPauses) {
    const rows = Math.min(rowsBetweenPauses, height - top);
    const region = { x: 0, y: top, width, height: rows };
    const noise = gaussianNoise({ seed, step: operation.stream, channels, region });
    const size = rows * width;
    for (let index = 0; index < 3 * size; index += 1) {
      const place = Math.floor(index / size) * area + top * width + (index % size);
      const normal = noise[operation.gray ? index % size : index] ?? 0;
      result[place] = (pixels[place] ?? 0) + normal * deviationAt(place);
    }
    await pause();
  }
  return { width, height, pixels: result };
}

/** The deviation at a place of the three planes. */
function deviations({ width, height, pixels }: Picture, operation: NoiseOperation) {
  if (operation.kind === "gaussian-noise") return () => operation.sigma / 255;
  const area = width * height;
  const signalAt = operation.gray
    ? (place: number) => luminance(pixels, place % area, area)
    : (place: number) => pixels[place] ?? 0;
  return (place: number) => operation.scale * Math.sqrt(Math.max(0, signalAt(place)) / photons);
}

/** Y = .299R + .587G + .114B. */
function luminance(pixels: Float32Array, place: number, area: number): number {
  return (
    0.299 * (pixels[place] ?? 0) +
    0.587 * (pixels[place + area] ?? 0) +
    0.114 * (pixels[place + 2 * area] ?? 0)
  );
}
