import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import type { ExternalTensor, NumericArray } from "../core/tensor-source.js";
import { decodeElements, decodeFloat32 } from "./decode.js";
import { dataTypeOf } from "./dtype.js";
import { SafetensorsError } from "./errors.js";
import {
  lengthPrefix,
  parseSafetensorsHeader,
  readHeaderLength,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from "./header.js";

/** A safetensors file whose header was read and checked; tensors are read when asked for. */
export class SafetensorsFile {
  /** The absolute path. */
  readonly path: string;
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: ReadonlyMap<string, string>;

  constructor(path: string, { entries, metadata }: SafetensorsHeader) {
    this.path = path;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * The tensor's place in the file, for a graph's initializer; nothing is read.
   *
   * @throws SafetensorsError `unknown-tensor`, or `unsupported-dtype` where ONNX has no such type
   */
  tensor(name: string): ExternalTensor {
    const { dtype, shape, offset, byteLength } = this.#entry(name);
    const type = dataTypeOf(dtype);
    if (type !== undefined) return { name, type, shape, path: this.path, offset, byteLength };
    throw new SafetensorsError("unsupported-dtype", `"${name}" is ${dtype}, which ONNX lacks`);
  }

  /** The tensor's numbers: F16 and BF16 as bit patterns, BOOL as 0 and 1. */
  async read(name: string): Promise<NumericArray> {
    return decodeElements(await this.#bytes(name), this.#entry(name).dtype);
  }

  /** The tensor's numbers as float32, F16 and BF16 widened. Refuses F8. */
  async readFloat32(name: string): Promise<Float32Array> {
    const { dtype } = this.#entry(name);
    const widened = decodeFloat32(await this.#bytes(name), dtype);
    if (widened !== undefined) return widened;
    throw new SafetensorsError("unsupported-dtype", `"${name}" is ${dtype}, which is not widened`);
  }

  #entry(name: string): SafetensorsEntry {
    const entry = this.entries.get(name);
    if (entry !== undefined) return entry;
    throw new SafetensorsError("unknown-tensor", `there is no tensor "${name}"`);
  }

  async #bytes(name: string): Promise<Uint8Array> {
    const { offset, byteLength } = this.#entry(name);
    return withFile(this.path, (file) => readExactly(file, offset, byteLength));
  }
}

/**
 * Reads a file's header, and nothing else of it.
 *
 * @throws SafetensorsError `unreadable` when the file cannot be opened, or what is wrong with it
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const absolute = resolve(path);
  const header = await withFile(absolute, async (file) => {
    const { size } = await file.stat();
    const prefix = await readExactly(file, 0, Math.min(lengthPrefix, size));
    const end = lengthPrefix + readHeaderLength(prefix, size);
    return parseSafetensorsHeader(await readExactly(file, 0, end), size);
  });
  return new SafetensorsFile(absolute, header);
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw new SafetensorsError("unreadable", `cannot open ${path}`, { cause });
  });
  try {
    return await use(file);
  } catch (cause) {
    if (SafetensorsError.isInstance(cause)) throw cause;
    throw new SafetensorsError("unreadable", `cannot read ${path}`, { cause });
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0)
      throw new SafetensorsError("truncated", "the file ended while it was read");
    done += bytesRead;
  }
  return bytes;
}
