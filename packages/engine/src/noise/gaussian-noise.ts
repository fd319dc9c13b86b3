import { DiopterError } from "../errors/index.js";
import { philox4x32 } from "./philox.js";

/** Which elements of the endless field of noise to draw. */
export interface NoiseRequest {
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
  /** Tells draws of one seed apart, such as a sampling step: a whole number from 0 to 2^32 − 1. */
  readonly step: number;
  /** Pictures in the batch, 1 by default, up to 65,536. */
  readonly items?: number;
  /** Up to 262,144. */
  readonly channels: number;
  /** Left, top and size in elements of the latent, within the whole picture. */
  readonly region: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

/** One Philox block gives four normal values: four channels of one position. */
const lanes = 4;

/**
 * Standard normal noise, float32, laid out [items, channels, height, width].
 *
 * The value at (item, channel, y, x) depends on seed, step and that global position alone, so a
 * tile's noise is the whole picture's noise at that place, on every device. Philox4x32-10 with
 * counter (x, y, item·2^16 + ⌊channel / 4⌋, step) and key (seed mod 2^32, ⌊seed / 2^32⌋) gives
 * words w0..w3; with u = (w + 1) / 2^32 for the first of a pair and v = w / 2^32 for the second,
 * channels 4k and 4k + 1 are √(−2 ln u)·cos 2πv and √(−2 ln u)·sin 2πv of w0, w1, and channels
 * 4k + 2 and 4k + 3 those of w2, w3 (Box and Muller 1958), in float64, rounded to float32.
 *
 * @throws DiopterError `node/invalid-value` when a number of the request is out of range.
 */
export function gaussianNoise(request: NoiseRequest): Float32Array<ArrayBuffer> {
  checkRequest(request);
  const { seed, step, items = 1, channels, region } = request;
  const noise = new Float32Array(items * channels * region.height * region.width);
  const groups = Math.ceil(channels / lanes);
  for (let item = 0; item < items; item += 1) {
    for (let group = 0; group < groups; group += 1) {
      const firstPlane = item * channels + group * lanes;
      const planes = Math.min(lanes, channels - group * lanes);
      fillPlanes(noise, { seed, step, region, firstPlane, planes, block: item * 0x10000 + group });
    }
  }
  return noise;
}

interface PlanesRequest extends Pick<NoiseRequest, "seed" | "step" | "region"> {
  readonly firstPlane: number;
  readonly planes: number;
  readonly block: number;
}

function fillPlanes(noise: Float32Array, request: PlanesRequest): void {
  const { seed, step, region, firstPlane, planes, block } = request;
  const area = region.width * region.height;
  const keyLow = seed % 0x100000000;
  const keyHigh = Math.floor(seed / 0x100000000);
  const words = new Uint32Array(lanes);
  let at = firstPlane * area;
  for (let y = region.y; y < region.y + region.height; y += 1) {
    for (let x = region.x; x < region.x + region.width; x += 1) {
      philox4x32(words, x, y, block, step, keyLow, keyHigh);
      for (let plane = 0; plane < planes; plane += 2) {
        const radius = Math.sqrt(-2 * Math.log(((words[plane] ?? 0) + 1) / 0x100000000));
        const angle = 2 * Math.PI * ((words[plane + 1] ?? 0) / 0x100000000);
        noise[at + plane * area] = radius * Math.cos(angle);
        if (plane + 1 < planes) noise[at + (plane + 1) * area] = radius * Math.sin(angle);
      }
      at += 1;
    }
  }
}

function checkRequest({ seed, step, items = 1, channels, region }: NoiseRequest): void {
  checkInteger("The seed", seed, 0, Number.MAX_SAFE_INTEGER);
  checkInteger("The noise step", step, 0, 0xffffffff);
  checkInteger("The number of pictures", items, 0, 0x10000);
  checkInteger("The number of channels", channels, 0, 0x40000);
  checkInteger("The left of the region", region.x, -0x80000000, 0x7fffffff);
  checkInteger("The top of the region", region.y, -0x80000000, 0x7fffffff);
  checkInteger("The width of the region", region.width, 0, 0x7fffffff);
  checkInteger("The height of the region", region.height, 0, 0x7fffffff);
}

function checkInteger(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new DiopterError("node/invalid-value", {
    message: `${what} is ${value}, which is not a whole number from ${least} to ${most}.`,
    remedy: "Choose a whole number in that range.",
  });
}
