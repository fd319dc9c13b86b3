const modulus = 65_521;
/** So many bytes cannot carry the second sum beyond 31 bits. */
const block = 3800;

/**
 * The check sum that ends a zlib stream (RFC 1950), continued over more bytes.
 * @param sum of what came before; 1 at the beginning.
 */
export function adler32(sum: number, bytes: Uint8Array): number {
  let low = sum & 0xffff;
  let high = sum >>> 16;
  for (let start = 0; start < bytes.length; start += block) {
    const end = Math.min(start + block, bytes.length);
    for (let place = start; place < end; place += 1) {
      low += bytes[place] ?? 0;
      high += low;
    }
    low %= modulus;
    high %= modulus;
  }
  return ((high << 16) | low) >>> 0;
}
