/** A square array of complex numbers, row-major. */
export interface ComplexSquare {
  readonly side: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * The two-dimensional discrete Fourier transform, in place, not normalised; radix 2 (Cooley, Tukey).
 * @throws RangeError unless the side is a power of two.
 */
export function transformSquare({ side, real, imaginary }: ComplexSquare): void {
  if (side < 1 || (side & (side - 1)) !== 0) throw new RangeError(`${side} is no power of two.`);
  const transform = lineTransform(side);
  for (let line = 0; line < side; line += 1) {
    transform(real, imaginary, line * side, 1);
  }
  for (let line = 0; line < side; line += 1) {
    transform(real, imaginary, line, side);
  }
}

type LineTransform = (
  real: Float64Array,
  imaginary: Float64Array,
  start: number,
  stride: number,
) => void;

function lineTransform(length: number): LineTransform {
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) =>
    Math.cos((2 * Math.PI * k) / length),
  );
  const sines = Float64Array.from(
    { length: length / 2 },
    (_, k) => -Math.sin((2 * Math.PI * k) / length),
  );
  return (real, imaginary, start, stride) => {
    reverseBits(real, length, start, stride);
    reverseBits(imaginary, length, start, stride);
    for (let half = 1; half < length; half *= 2) {
      for (let place = 0; place < length; place += 1) {
        if ((place & half) !== 0) continue;
        const turn = ((place & (half - 1)) * length) / (2 * half);
        const [cosine, sine] = [cosines[turn] ?? 1, sines[turn] ?? 0];
        const even = start + place * stride;
        const odd = even + half * stride;
        const [oddReal, oddImaginary] = [real[odd] ?? 0, imaginary[odd] ?? 0];
        const a = cosine * oddReal - sine * oddImaginary;
        const b = cosine * oddImaginary + sine * oddReal;
        const [evenReal, evenImaginary] = [real[even] ?? 0, imaginary[even] ?? 0];
        real[even] = evenReal + a;
        imaginary[even] = evenImaginary + b;
        real[odd] = evenReal - a;
        imaginary[odd] = evenImaginary - b;
      }
    }
  };
}

function reverseBits(data: Float64Array, length: number, start: number, stride: number): void {
  let reversed = 0;
  for (let place = 1; place < length; place += 1) {
    let bit = length >> 1;
    while ((reversed & bit) !== 0) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
    if (place >= reversed) continue;
    const other = start + reversed * stride;
    const value = data[start + place * stride] ?? 0;
    data[start + place * stride] = data[other] ?? 0;
    data[other] = value;
  }
}
