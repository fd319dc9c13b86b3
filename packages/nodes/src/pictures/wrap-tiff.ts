/** Pixels in a buffer that is a plain TIFF file around them. */
export interface WrappedPixels {
  /** The whole file; a profile in it travels with the pixels untouched. */
  readonly file: Buffer;
  /** The pixels' place in `file`: write them here, interleaved, in this machine's byte order. */
  readonly target: Uint8Array | Uint16Array;
}

export interface WrapOptions {
  readonly width: number;
  readonly height: number;
  /** Gray, gray and alpha, RGB, or RGB and alpha. */
  readonly channels: number;
  readonly bitDepth: 8 | 16;
  readonly icc?: Uint8Array | undefined;
}

interface Field {
  readonly tag: number;
  readonly type: "short" | "long" | "bytes";
  readonly values: readonly number[] | Uint8Array;
}

const headerSize = 8;
const rowsPerStrip = 64;
const typeCodes = { short: 3, long: 4, bytes: 7 } as const;
const typeSizes = { short: 2, long: 4, bytes: 1 } as const;

/**
 * An uncompressed TIFF (TIFF 6.0) around pixels that are still to be written. The encoder attaches
 * a profile to pixels without converting them only when both come from one file; this is that file.
 * @throws RangeError beyond the 4 GiB that the format can address.
 */
export function wrapTiff(options: WrapOptions): WrappedPixels {
  const { width, height, channels, bitDepth } = options;
  const rowBytes = width * channels * (bitDepth / 8);
  const pixelBytes = rowBytes * height;
  const fields = describeFields(options, rowBytes);
  const outside = fields.map(({ type, values }) => values.length * typeSizes[type]);
  const tail = outside.reduce((sum, size) => sum + size + 4, 2 + fields.length * 12 + 8);
  if (headerSize + pixelBytes + tail > 0xffffffff) {
    throw new RangeError("A picture of more than 4 GiB cannot be wrapped.");
  }
  const file = Buffer.alloc(headerSize + pixelBytes + tail);
  writeFields(file, headerSize + pixelBytes + (pixelBytes % 2), fields);
  const address = file.byteOffset + headerSize;
  const target =
    bitDepth === 16
      ? new Uint16Array(file.buffer, address, pixelBytes / 2)
      : new Uint8Array(file.buffer, address, pixelBytes);
  return { file, target };
}

function describeFields(options: WrapOptions, rowBytes: number): readonly Field[] {
  const { width, height, channels, bitDepth, icc } = options;
  const strips = Math.ceil(height / rowsPerStrip);
  const starts = Array.from({ length: strips }, (_, index) => index * rowsPerStrip);
  const offsets = starts.map((y) => headerSize + y * rowBytes);
  const sizes = starts.map((y) => Math.min(rowsPerStrip, height - y) * rowBytes);
  const fields: readonly (Field | undefined)[] = [
    { tag: 256, type: "long", values: [width] },
    { tag: 257, type: "long", values: [height] },
    { tag: 258, type: "short", values: new Array<number>(channels).fill(bitDepth) },
    { tag: 259, type: "short", values: [1] },
    { tag: 262, type: "short", values: [channels < 3 ? 1 : 2] },
    { tag: 273, type: "long", values: offsets },
    { tag: 277, type: "short", values: [channels] },
    { tag: 278, type: "long", values: [rowsPerStrip] },
    { tag: 279, type: "long", values: sizes },
    channels % 2 === 0 ? { tag: 338, type: "short", values: [2] } : undefined,
    icc === undefined ? undefined : { tag: 34675, type: "bytes", values: icc },
  ];
  return fields.filter((field) => field !== undefined);
}

/** Writes the header and, from `start`, the directory followed by values of more than 4 bytes. */
function writeFields(file: Buffer, start: number, fields: readonly Field[]): void {
  file.write("II", 0, "latin1");
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(start, 4);
  file.writeUInt16LE(fields.length, start);
  let free = start + 2 + fields.length * 12 + 4;
  fields.forEach(({ tag, type, values }, index) => {
    const entry = start + 2 + index * 12;
    const size = values.length * typeSizes[type];
    file.writeUInt16LE(tag, entry);
    file.writeUInt16LE(typeCodes[type], entry + 2);
    file.writeUInt32LE(values.length, entry + 4);
    if (size > 4) file.writeUInt32LE(free, entry + 8);
    writeValues(file, size > 4 ? free : entry + 8, type, values);
    if (size > 4) free += size + (size % 2);
  });
}

function writeValues(
  file: Buffer,
  start: number,
  type: Field["type"],
  values: Field["values"],
): void {
  values.forEach((value, index) => {
    if (type === "short") file.writeUInt16LE(value, start + index * 2);
    else if (type === "long") file.writeUInt32LE(value, start + index * 4);
    else file.writeUInt8(value, start + index);
  });
}
