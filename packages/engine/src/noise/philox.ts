/**
 * Philox4x32-10: turns a 128-bit counter and a 64-bit key into four 32-bit words that look random,
 * without any state, so that every element of a picture can be drawn on its own.
 *
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3", SC 2011; constants of the Random123 library.
 */

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
/** Added to the key between rounds: the golden ratio and √3 − 1 as fractions of 2^32. */
const weyl0 = 0x9e3779b9;
const weyl1 = 0xbb67ae85;
const rounds = 10;

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  const middle = leftHigh * rightLow + ((leftLow * rightLow) >>> 16);
  const carry = leftLow * rightHigh + (middle & 0xffff);
  return (leftHigh * rightHigh + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * Writes the four words of one block into `words`.
 *
 * @param counter0 to counter3 - the block's place; the lowest 32 bits of each count.
 * @param key0 and key1 - the stream.
 */
export function philox4x32(
  words: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let [a, b, c, d] = [counter0 | 0, counter1 | 0, counter2 | 0, counter3 | 0];
  let [keyA, keyB] = [key0 | 0, key1 | 0];
  for (let round = 0; round < rounds; round += 1) {
    const highA = multiplyHigh(multiplier0, a);
    const lowA = Math.imul(multiplier0, a);
    const highC = multiplyHigh(multiplier1, c);
    const lowC = Math.imul(multiplier1, c);
    a = highC ^ b ^ keyA;
    b = lowC;
    c = highA ^ d ^ keyB;
    d = lowA;
    keyA = (keyA + weyl0) | 0;
    keyB = (keyB + weyl1) | 0;
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}
