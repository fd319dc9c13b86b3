import { endianness } from "node:os";
import { filterRow, rowFilter } from "./png-filter.js";
import { channelCount, type FloatPicture, type QuantiseOptions, quantiseRows } from "./quantise.js";

/** Rows of a picture as a PNG file holds them, before compression. */
export interface Strip {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
  /** How many of its values were not finite. */
  readonly broken: number;
}

const stripBytes = 1 << 17;

/** The picture from top to bottom: rounded, in the file's order of bytes, and filtered. */
export function* filteredStrips(picture: FloatPicture, options: QuantiseOptions): Generator<Strip> {
  const { width, height } = picture;
  const pixelBytes = (channelCount(picture, options) * options.bitDepth) / 8;
  const line = width * pixelBytes;
  const most = Math.max(1, Math.floor(stripBytes / (line + 1)));
  // Before the strip's own rows, the last of the strip above.
  const rows = new Uint8Array((most + 1) * line);
  for (let from = 0; from < height; from += most) {
    const count = Math.min(most, height - from);
    const broken = quantiseInto(rows.subarray(line, (count + 1) * line), picture, from, options);
    yield {
      bytes: filtered(rows, line, count, pixelBytes),
      isLast: from + count === height,
      broken,
    };
    rows.copyWithin(0, count * line, (count + 1) * line);
  }
}

/** Rows from `from` on, as many as `target` has room for. */
function quantiseInto(
  target: Uint8Array,
  picture: FloatPicture,
  from: number,
  options: QuantiseOptions,
): number {
  const line = picture.width * channelCount(picture, options);
  const elements = (target.length * 8) / options.bitDepth;
  const rows = { from, to: from + elements / line };
  if (options.bitDepth === 8) return quantiseRows(picture, rows, target, options);
  const words = new Uint16Array(target.buffer, target.byteOffset, elements);
  const broken = quantiseRows(picture, rows, words, options);
  if (endianness() === "LE") Buffer.from(target.buffer, target.byteOffset, target.length).swap16();
  return broken;
}

/** `count` rows, all but the first, each behind the number of its filter. */
function filtered(rows: Uint8Array, line: number, count: number, pixelBytes: number): Uint8Array {
  const bytes = new Uint8Array(count * (line + 1));
  for (let row = 0; row < count; row += 1) {
    const to = row * (line + 1);
    bytes[to] = rowFilter;
    filterRow(rows.subarray(row * line, (row + 2) * line), pixelBytes, bytes, to + 1);
  }
  return bytes;
}
