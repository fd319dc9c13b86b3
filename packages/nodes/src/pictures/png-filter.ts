/** The number that stands before each row that {@link filterRow} wrote: Paeth's. */
export const rowFilter = 4;

/**
 * Writes a row as differences to what Paeth's predictor says, byte by byte, which compresses
 * continuous tones to half of what they take plain. Source: PNG 3rd edition, 9.4.
 * @param rows the row above, and behind it the row itself: each half of this array.
 * @param pixelBytes bytes from a sample to the same one of the next pixel.
 */
export function filterRow(
  rows: Uint8Array,
  pixelBytes: number,
  target: Uint8Array,
  to: number,
): void {
  const width = rows.length / 2;
  for (let x = 0; x < pixelBytes; x += 1) target[to + x] = (rows[width + x] ?? 0) - (rows[x] ?? 0);
  for (let x = pixelBytes; x < width; x += 1) {
    const left = rows[width + x - pixelBytes] ?? 0;
    const above = rows[x] ?? 0;
    const corner = rows[x - pixelBytes] ?? 0;
    target[to + x] = (rows[width + x] ?? 0) - nearest(left, above, corner);
  }
}

/**
 * Paeth's predictor: of the three, the one nearest to left + above − corner, the first of equals.
 * With masks, since no processor foresees how the branches of real pictures go.
 */
function nearest(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(above - corner + (left - corner));
  const isCorner = (toCorner - toAbove) >> 31;
  const second = above ^ ((above ^ corner) & isCorner);
  const toSecond = toAbove ^ ((toAbove ^ toCorner) & isCorner);
  return left ^ ((left ^ second) & ((toSecond - toLeft) >> 31));
}
