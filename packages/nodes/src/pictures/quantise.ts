import type { ColourConversion } from "./convert-colour.js";

/** Planar floats that are to become whole numbers. */
export interface FloatPicture {
  readonly width: number;
  readonly height: number;
  /** Planar RGB, 3 × height × width, 0..1; values outside are clamped. */
  readonly pixels: Float32Array;
  /** height × width, 0..1. */
  readonly alpha?: Float32Array | undefined;
}

export interface QuantiseOptions {
  readonly bitDepth: 8 | 16;
  /** One channel: Y = .299R + .587G + .114B. */
  readonly gray: boolean;
  /** `keep` writes a channel of its own; `white` blends the colours onto white. */
  readonly alpha: "keep" | "white";
  readonly convert?: ColourConversion | undefined;
}

/** Rows of a picture, the last one excluded. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Channels of the interleaved result. */
export function channelCount(picture: FloatPicture, options: QuantiseOptions): number {
  const colours = options.gray ? 1 : 3;
  return picture.alpha !== undefined && options.alpha === "keep" ? colours + 1 : colours;
}

const bandRows = 64;

/**
 * Writes a picture into `target` as interleaved whole numbers, rounded to the nearest. Works on
 * bands of rows, so that it needs no second picture of floats.
 * @param target height × width × {@link channelCount} elements of the wanted depth.
 * @returns how many values were not finite; they are written as 0.
 */
export function quantise(
  picture: FloatPicture,
  target: Uint8Array | Uint16Array,
  options: QuantiseOptions,
): number {
  const { width, height } = picture;
  const line = width * channelCount(picture, options);
  let broken = 0;
  for (let from = 0; from < height; from += bandRows) {
    const to = Math.min(from + bandRows, height);
    broken += quantiseRows(picture, { from, to }, target.subarray(from * line, to * line), options);
  }
  return broken;
}

/** The same for some rows of a picture, which `target` is just large enough for. */
export function quantiseRows(
  picture: FloatPicture,
  rows: Rows,
  target: Uint8Array | Uint16Array,
  options: QuantiseOptions,
): number {
  const planes = bandPlanes(picture, rows, options);
  return planes.reduce(
    (broken, plane, channel) =>
      broken + interleave(plane, target, channel, planes.length, options.bitDepth),
    0,
  );
}

/** The band's channels as they will be written; in arrays of their own where they are changed. */
function bandPlanes(
  { pixels, alpha, width, height }: FloatPicture,
  { from, to }: Rows,
  options: QuantiseOptions,
): readonly Float32Array[] {
  const size = width * height;
  const [start, end] = [from * width, to * width];
  const opacity = alpha?.subarray(start, end);
  const isBlended = opacity !== undefined && options.alpha === "white";
  const isChanged = isBlended || options.convert !== undefined;
  const colours = [0, 1, 2].map((plane) => {
    const band = pixels.subarray(plane * size + start, plane * size + end);
    return isChanged ? band.slice() : band;
  });
  if (isBlended) for (const plane of colours) blendOntoWhite(plane, opacity);
  const planes = options.gray ? [luma(colours)] : colours;
  options.convert?.(planes);
  return opacity !== undefined && options.alpha === "keep" ? [...planes, opacity] : planes;
}

function blendOntoWhite(plane: Float32Array, opacity: Float32Array): void {
  for (let place = 0; place < plane.length; place += 1) {
    const cover = opacity[place] ?? 1;
    plane[place] = (plane[place] ?? 0) * cover + 1 - cover;
  }
}

/** Equal channels give themselves exactly: what came in gray goes out unchanged. */
function luma([red, green, blue]: readonly Float32Array[]): Float32Array {
  if (red === undefined || green === undefined || blue === undefined) return new Float32Array(0);
  return red.map((r, place) => {
    const g = green[place] ?? 0;
    return r + 0.587 * (g - r) + 0.114 * ((blue[place] ?? 0) - r);
  });
}

function interleave(
  plane: Float32Array,
  target: Uint8Array | Uint16Array,
  offset: number,
  channels: number,
  bitDepth: 8 | 16,
): number {
  const largest = bitDepth === 16 ? 65535 : 255;
  let broken = 0;
  for (let place = 0, to = offset; place < plane.length; place += 1, to += channels) {
    const value = plane[place] ?? 0;
    if (value >= 0 && value <= 1) {
      target[to] = (value * largest + 0.5) | 0;
      continue;
    }
    const isBroken = !Number.isFinite(value);
    if (isBroken) broken += 1;
    target[to] = isBroken || value < 0 ? 0 : largest;
  }
  return broken;
}
