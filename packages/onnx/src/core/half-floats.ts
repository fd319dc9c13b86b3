// IEEE 754 binary16 and bfloat16, as bit patterns. Rounding is to nearest, ties to even.

const floatScratch = new Float32Array(1);
const bitsScratch = new Uint32Array(floatScratch.buffer);

function bitsOf(value: number): number {
  floatScratch[0] = value;
  return bitsScratch[0] ?? 0;
}

function roundedShift(bits: number, shift: number): number {
  const half = 2 ** (shift - 1);
  const kept = Math.floor(bits / 2 ** shift);
  const rest = bits - kept * 2 ** shift;
  if (rest < half || (rest === half && kept % 2 === 0)) return kept;
  return kept + 1;
}

export function float32ToFloat16Bits(value: number): number {
  const bits = bitsOf(value);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | (mantissa === 0 ? 0x7c00 : 0x7e00);
  const halfExponent = exponent - 127 + 15;
  if (halfExponent >= 31) return sign | 0x7c00;
  if (halfExponent < -10) return sign;
  if (halfExponent <= 0) return sign | roundedShift(mantissa | 0x800000, 14 - halfExponent);
  // A mantissa that rounds up past its last bit carries into the exponent, which is the right result.
  return sign | ((halfExponent << 10) + roundedShift(mantissa, 13));
}

export function float16BitsToFloat32(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

export function float32ToBfloat16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  return roundedShift(bitsOf(value), 16);
}

export function bfloat16BitsToFloat32(bits: number): number {
  bitsScratch[0] = bits << 16;
  return floatScratch[0] ?? 0;
}

export function float16ToFloat32Array(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, float16BitsToFloat32);
}

export function bfloat16ToFloat32Array(bits: Uint16Array): Float32Array {
  const widened = new Uint32Array(bits.length);
  bits.forEach((value, index) => {
    widened[index] = value << 16;
  });
  return new Float32Array(widened.buffer);
}
