/** A point, a direction or a linear-light RGB colour. */
export type Vector = readonly [number, number, number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

export const scale = (a: Vector, factor: number): Vector => [
  a[0] * factor,
  a[1] * factor,
  a[2] * factor,
];

export const multiply = (a: Vector, b: Vector): Vector => [a[0] * b[0], a[1] * b[1], a[2] * b[2]];

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const normalize = (a: Vector): Vector => scale(a, 1 / Math.sqrt(dot(a, a)));

export const mix = (a: Vector, b: Vector, amount: number): Vector =>
  add(scale(a, 1 - amount), scale(b, amount));

export const clamp = (value: number, low = 0, high = 1): number =>
  Math.min(high, Math.max(low, value));

/** 0 below `low`, 1 above `high`, a cubic between. */
export const smoothStep = (low: number, high: number, value: number): number => {
  const position = clamp((value - low) / (high - low));
  return position * position * (3 - 2 * position);
};

const decode = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

/** The linear-light colour of an sRGB triple written as 0xRRGGBB. */
export const paint = (code: number): Vector => [
  decode(((code >> 16) & 255) / 255),
  decode(((code >> 8) & 255) / 255),
  decode((code & 255) / 255),
];

/** Linear light to sRGB, both clamped to [0, 1] (IEC 61966-2-1). */
export const encodeChannel = (linear: number): number => {
  const value = clamp(linear);
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
};
