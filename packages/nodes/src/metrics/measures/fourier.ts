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
  // Columns as rows: neighbours in memory are read together.
  for (let axis = 0; axis < 2; axis += 1) {
    for (let line = 0; line < side; line += 1) transform(real, imaginary, line * side);
    transpose(real, side);
    transpose(imaginary, side);
  }
}

function transpose(data: Float64Array, side: number): void {
  for (let y = 1; y < side; y += 1) {
    for (let x = 0; x < y; x += 1) {
      const value = data[y * side + x] ?? 0;
      data[y * side + x] = data[x * side + y] ?? 0;
      data[x * side + y] = value;
    }
  }
}

/** Transforms the line that begins at `start`. */
type LineTransform = (real: Float64Array, imaginary: Float64Array, start: number) => void;

function lineTransform(length: number): LineTransform {
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) =>
    Math.cos((2 * Math.PI * k) / length),
  );
  const sines = Float64Array.from(
    { length: length / 2 },
    (_, k) => -Math.sin((2 * Math.PI * k) / length),
  );
  return (real, imaginary, start) => {
    reverseBits(real, length, start);
    reverseBits(imaginary, length, start);
    for (let half = 1; half < length; half *= 2) {
      for (let block = start; block < start + length; block += 2 * half) {
        butterflies(real, imaginary, block, half, length / (2 * half));
      }
    }
  };

  function butterflies(
    real: Float64Array,
    imaginary: Float64Array,
    block: number,
    half: number,
    step: number,
  ): void {
    for (let even = block; even < block + half; even += 1) {
      const cosine = cosines[(even - block) * step] ?? 1;
      const sine = sines[(even - block) * step] ?? 0;
      const odd = even + half;
      const a = cosine * (real[odd] ?? 0) - sine * (imaginary[odd] ?? 0);
      const b = cosine * (imaginary[odd] ?? 0) + sine * (real[odd] ?? 0);
      real[odd] = (real[even] ?? 0) - a;
      imaginary[odd] = (imaginary[even] ?? 0) - b;
      real[even] = (real[even] ?? 0) + a;
      imaginary[even] = (imaginary[even] ?? 0) + b;
    }
  }
}

function reverseBits(data: Float64Array, length: number, start: number): void {
  let reversed = 0;
  for (let place = 1; place < length; place += 1) {
    let bit = length >> 1;
    while ((reversed & bit) !== 0) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
    if (place >= reversed) continue;
    const value = data[start + place] ?? 0;
    data[start + place] = data[start + reversed] ?? 0;
    data[start + reversed] = value;
  }
}
