import {
  decodeSrgb,
  encodeSrgb,
  interpolate,
  invertCurve,
  type ToneCurve,
  tabulateEncoding,
} from "./icc-curve.js";
import { type ArithmeticProfile, invertMatrix, type Matrix3 } from "./icc-profile.js";

/** Changes planar RGB (or one gray plane) in place; all planes have the same length. */
export type ColourConversion = (planes: readonly Float32Array[]) => void;

const decodedSize = 65_536;

/**
 * From a profile's device values to sRGB-encoded values, 0..1. In float; colours outside sRGB are
 * clipped to it. Relative colorimetric, as matrix profiles define.
 */
export function profileToSrgb(profile: ArithmeticProfile): ColourConversion {
  const encode = tabulateEncoding(encodeSrgb);
  const decode = profile.curves.map(tabulate);
  return convert(decode, profile.toLinearSrgb, [encode, encode, encode]);
}

/** From sRGB-encoded values to a profile's device values: undoes {@link profileToSrgb}. */
export function srgbToProfile(profile: ArithmeticProfile): ColourConversion {
  const decode = tabulate(decodeSrgb);
  const encode = profile.curves.map(invertCurve);
  return convert([decode, decode, decode], invertMatrix(profile.toLinearSrgb), encode);
}

/** The curve at every 16-bit value, so that 8 and 16-bit pixels meet it exactly. */
function tabulate(curve: ToneCurve): Float64Array {
  return Float64Array.from({ length: decodedSize }, (_, index) => curve(index / (decodedSize - 1)));
}

function convert(
  decode: readonly Float64Array[],
  matrix: Matrix3,
  encode: readonly Float64Array[],
): ColourConversion {
  const [decodeFirst, decodeSecond, decodeThird] = decode;
  const [encodeFirst, encodeSecond, encodeThird] = encode;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = matrix;
  return ([first, second, third]) => {
    if (first === undefined || decodeFirst === undefined || encodeFirst === undefined) return;
    if (second === undefined || third === undefined) {
      convertGray(first, decodeFirst, encodeFirst);
      return;
    }
    const encodeGreen = encodeSecond ?? encodeFirst;
    const encodeBlue = encodeThird ?? encodeFirst;
    for (let place = 0; place < first.length; place += 1) {
      const red = interpolate(decodeFirst, first[place] ?? 0);
      const green = interpolate(decodeSecond ?? decodeFirst, second[place] ?? 0);
      const blue = interpolate(decodeThird ?? decodeFirst, third[place] ?? 0);
      first[place] = encodeLinear(encodeFirst, a * red + b * green + c * blue);
      second[place] = encodeLinear(encodeGreen, d * red + e * green + f * blue);
      third[place] = encodeLinear(encodeBlue, g * red + h * green + i * blue);
    }
  };
}

function convertGray(plane: Float32Array, decode: Float64Array, encode: Float64Array): void {
  for (let place = 0; place < plane.length; place += 1) {
    plane[place] = encodeLinear(encode, interpolate(decode, plane[place] ?? 0));
  }
}

function encodeLinear(encode: Float64Array, linear: number): number {
  return interpolate(encode, Math.sqrt(Math.max(0, linear)));
}
