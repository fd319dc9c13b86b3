/** A tone curve of an ICC profile: device value 0..1 to linear light 0..1, rising. */
export type ToneCurve = (device: number) => number;

/** The sRGB transfer function, encoded to linear (IEC 61966-2-1). */
export const decodeSrgb: ToneCurve = (value) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** The sRGB transfer function, linear to encoded. */
export const encodeSrgb = (linear: number): number =>
  linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;

/**
 * Reads a `curv` or `para` element (ICC.1:2022, 10.6 and 10.18).
 * @returns undefined where the bytes are neither, or cut short.
 */
export function readToneCurve(bytes: DataView): ToneCurve | undefined {
  if (bytes.byteLength < 12) return undefined;
  const kind = bytes.getUint32(0);
  if (kind === 0x63757276) return readSampledCurve(bytes);
  if (kind === 0x70617261) return readParametricCurve(bytes);
  return undefined;
}

function readSampledCurve(bytes: DataView): ToneCurve | undefined {
  const count = bytes.getUint32(8);
  if (count === 0) return (value) => value;
  if (bytes.byteLength < 12 + count * 2) return undefined;
  if (count === 1) {
    const gamma = bytes.getUint16(12) / 256;
    return (value) => value ** gamma;
  }
  const samples = Float64Array.from(
    { length: count },
    (_, index) => bytes.getUint16(12 + index * 2) / 65535,
  );
  return (value) => interpolate(samples, value);
}

const parameterCounts = [1, 3, 4, 5, 7];

function readParametricCurve(bytes: DataView): ToneCurve | undefined {
  const form = bytes.getUint16(8);
  const count = parameterCounts[form];
  if (count === undefined || bytes.byteLength < 12 + count * 4) return undefined;
  const parameters = Array.from({ length: count }, (_, i) => bytes.getInt32(12 + i * 4) / 65536);
  const [gamma = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = parameters;
  const power = (value: number): number => Math.max(0, a * value + b) ** gamma;
  if (form === 0) return (value) => value ** gamma;
  if (form === 1) return (value) => (value >= -b / a ? power(value) : 0);
  if (form === 2) return (value) => (value >= -b / a ? power(value) + c : c);
  return (value) => (value >= d ? power(value) + e : c * value + f);
}

/** Linear interpolation in a table over 0..1; values outside are clamped, NaN is taken as 0. */
export function interpolate(table: Float64Array, position: number): number {
  if (!(position > 0)) return table[0] ?? 0;
  const last = table.length - 1;
  const place = Math.min(position, 1) * last;
  const index = Math.min(Math.floor(place), last - 1);
  const below = table[index] ?? 0;
  const above = table[index + 1] ?? 0;
  return below + (above - below) * (place - index);
}

const tableSize = 16_385;

/**
 * An encoding curve, linear to device, as a table over the square root of linear light, which
 * spends its entries on the dark end, where such curves are steep: interpolation errs by 1e-8.
 */
export function tabulateEncoding(curve: (linear: number) => number): Float64Array {
  return Float64Array.from({ length: tableSize }, (_, index) =>
    curve((index / (tableSize - 1)) ** 2),
  );
}

const sampleCount = 65_536;

/**
 * The inverse of a rising tone curve, tabulated by {@link tabulateEncoding}: one walk along both
 * tables, since both rise.
 */
export function invertCurve(curve: ToneCurve): Float64Array {
  const last = sampleCount - 1;
  const samples = Float64Array.from({ length: sampleCount }, (_, index) => curve(index / last));
  let index = 0;
  return tabulateEncoding((linear) => {
    while (index < last - 1 && (samples[index + 1] ?? 1) < linear) index += 1;
    const below = samples[index] ?? 0;
    const step = (samples[index + 1] ?? 1) - below;
    const fraction = step > 0 ? (linear - below) / step : 0;
    return (index + Math.min(Math.max(fraction, 0), 1)) / last;
  });
}
