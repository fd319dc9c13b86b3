import { dtypeByteLength, isSafetensorsDtype, type SafetensorsDtype } from "./dtype.js";
import { SafetensorsError } from "./errors.js";
import { isRecord, parseHeaderJson } from "./json.js";

/** The largest header that is read, in bytes; the format's own limit. */
export const maximumHeaderLength = 100_000_000;

/** The bytes before the header: its length as a 64-bit little-endian number. */
export const lengthPrefix = 8;

export interface SafetensorsEntry {
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  /** Where the tensor starts, in bytes from the start of the file. */
  readonly offset: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  /** The tensors by name, in the header's order. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the tensors' bytes start in the file. */
  readonly dataOffset: number;
}

/**
 * The header's length, from the file's first 8 bytes.
 *
 * @throws SafetensorsError when the bytes are too few, or the header is too large for the file.
 */
export function readHeaderLength(bytes: Uint8Array, fileLength: number): number {
  if (bytes.byteLength < lengthPrefix) {
    throw new SafetensorsError("truncated", `the file has only ${bytes.byteLength} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, lengthPrefix);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(maximumHeaderLength)) {
    const reason = `the header claims ${length} bytes; ${maximumHeaderLength} is the limit`;
    throw new SafetensorsError("header-too-large", reason);
  }
  if (Number(length) <= fileLength - lengthPrefix) return Number(length);
  const reason = `the header claims ${length} bytes, the file has ${fileLength}`;
  throw new SafetensorsError("truncated", reason);
}

/**
 * Reads and checks a header: the bytes from the file's start to at least the header's end.
 * Every tensor's place must follow the one before it without hole or overlap, up to the file's end.
 *
 * @param fileLength the whole file's bytes, when `bytes` is only its start
 * @throws SafetensorsError for anything else
 */
export function parseSafetensorsHeader(
  bytes: Uint8Array,
  fileLength: number = bytes.byteLength,
): SafetensorsHeader {
  const headerLength = readHeaderLength(bytes, fileLength);
  const dataOffset = lengthPrefix + headerLength;
  if (bytes.byteLength < dataOffset) {
    const reason = `${bytes.byteLength} of the header's ${dataOffset} bytes were given`;
    throw new SafetensorsError("truncated", reason);
  }
  const json = parseHeaderJson(bytes.subarray(lengthPrefix, dataOffset));
  const entries = new Map<string, SafetensorsEntry>();
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") metadata = readMetadata(value);
    else entries.set(name, readEntry(name, value, dataOffset));
  }
  requireContiguous(entries, dataOffset, fileLength);
  return { entries, metadata, dataOffset };
}

function readMetadata(value: unknown): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  if (!isRecord(value)) {
    throw new SafetensorsError("invalid-metadata", "__metadata__ is not an object");
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new SafetensorsError("invalid-metadata", `__metadata__ "${key}" is not a text`);
    }
    metadata.set(key, text);
  }
  return metadata;
}

function readEntry(name: string, value: unknown, dataOffset: number): SafetensorsEntry {
  if (!isRecord(value)) throw new SafetensorsError("invalid-entry", `"${name}" is not an object`);
  const unknown = Object.keys(value).find((key) => !entryKeys.has(key));
  if (unknown !== undefined) {
    throw new SafetensorsError("invalid-entry", `"${name}" has an unknown key "${unknown}"`);
  }
  const dtype = readDtype(name, value.dtype);
  const shape = readIntegers(name, "shape", value.shape);
  const offsets = readIntegers(name, "data_offsets", value.data_offsets);
  const [start, end, ...others] = offsets;
  if (start === undefined || end === undefined || others.length > 0 || end < start) {
    const reason = `"${name}" has offsets [${offsets}], not a start and a later end`;
    throw new SafetensorsError("invalid-offsets", reason);
  }
  const expected = shape.reduce((count, size) => count * size, dtypeByteLength(dtype));
  if (expected !== end - start) {
    const reason = `"${name}" is ${dtype} [${shape}], ${expected} bytes, but spans ${end - start}`;
    throw new SafetensorsError("size-mismatch", reason);
  }
  return { dtype, shape, offset: dataOffset + start, byteLength: end - start };
}

const entryKeys = new Set(["dtype", "shape", "data_offsets"]);

function readDtype(name: string, value: unknown): SafetensorsDtype {
  if (typeof value === "string" && isSafetensorsDtype(value)) return value;
  throw new SafetensorsError("unknown-dtype", `"${name}" has dtype ${JSON.stringify(value)}`);
}

function readIntegers(name: string, key: "shape" | "data_offsets", value: unknown): number[] {
  const list: readonly unknown[] | undefined = Array.isArray(value) ? value : undefined;
  const numbers = list?.filter(isNaturalNumber);
  if (numbers !== undefined && numbers.length === list?.length) return numbers;
  const code = key === "shape" ? "invalid-shape" : "invalid-offsets";
  const reason = `"${name}" has a ${key} that is not a list of safe non-negative integers`;
  throw new SafetensorsError(code, reason);
}

function isNaturalNumber(value: unknown): value is number {
  return (
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)
  );
}

function requireContiguous(
  entries: ReadonlyMap<string, SafetensorsEntry>,
  dataOffset: number,
  fileLength: number,
): void {
  const ordered = [...entries].sort(
    ([, a], [, b]) => a.offset - b.offset || a.byteLength - b.byteLength,
  );
  let end = dataOffset;
  for (const [name, { offset, byteLength }] of ordered) {
    if (offset + byteLength > fileLength) {
      const reason = `"${name}" ends at byte ${offset + byteLength} of a file of ${fileLength}`;
      throw new SafetensorsError("out-of-range", reason);
    }
    if (offset < end)
      throw new SafetensorsError("overlap", `"${name}" overlaps the tensor before it`);
    if (offset > end) {
      const reason = `${offset - end} bytes before "${name}" belong to no tensor`;
      throw new SafetensorsError("hole", reason);
    }
    end = offset + byteLength;
  }
  if (end === fileLength) return;
  throw new SafetensorsError("trailing-bytes", `${fileLength - end} bytes follow the last tensor`);
}
