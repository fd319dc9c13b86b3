/** Values in 0..1 that look like noise and are the same everywhere. */
export function noiseArray(length: number, seed = 1): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  });
}

/** The pictures that the golden values were computed from: channels × height × width, 0..1. */
export function goldenPicture(
  channels: number,
  height: number,
  width: number,
  seed: number,
): Float32Array {
  const size = width * height;
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length: channels * size }, (_, index) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const channel = Math.floor(index / size);
    const x = index % width;
    const y = Math.floor((index % size) / width);
    const base = (0.5 * y) / height + (2 * x > width + y ? 0.25 : 0);
    return (base * (channel + 2)) / 4 + (0.25 * (state >>> 8)) / 2 ** 24;
  });
}

/** Planar RGB, 3 × height × width: gradients, a sharp edge and fine stripes, 0..1. */
export function testPixels(width: number, height: number): Float32Array {
  const size = width * height;
  return Float32Array.from({ length: 3 * size }, (_, index) => {
    const channel = Math.floor(index / size);
    const x = (index % size) % width;
    const y = Math.floor((index % size) / width);
    const edge = x * 2 > width + y ? 0.3 : 0;
    const stripes = 0.1 * Math.sin((x + 2 * y) * (1 + channel));
    return Math.min(1, Math.max(0, 0.25 + 0.3 * (y / height) + edge + stripes));
  });
}

/** The largest absolute difference of two arrays of the same length. */
export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < left.length; index += 1) {
    const difference = Math.abs((left[index] ?? 0) - (right[index] ?? 0));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
