import { createHash } from "node:crypto";
import {
  dataTypeOf,
  type InlineTensor,
  parseSafetensorsHeader,
  type SafetensorsEntry,
  writeSafetensors,
} from "@diopter/onnx";
import { DiopterError } from "../errors/index.js";
import { type SocketType, socketTypes } from "../sockets/socket-types.js";
import type { Tensor, TensorType } from "../values/index.js";
import { asStorable, isStorable } from "./stored-values.js";
import { type CacheEntry, isItemList, type OutputValue } from "./value-cache.js";
import { putTogether, type StoredTensor, takeApart } from "./value-tree.js";

const formatVersion = "1";

/** Whether every output is of a socket type whose values can be written to a file. */
export function isSerializable(entry: Pick<CacheEntry, "sockets">): boolean {
  return Object.values(entry.sockets).every(isStorable);
}

/**
 * An entry as a safetensors file: the tensors of its outputs under the names 0, 1, ..., and in the
 * metadata the rest as JSON, the entry's key, and a SHA-256 of it all. Reads device tensors.
 * Undefined for outputs that cannot be written, such as models.
 */
export async function serializeEntry(
  key: string,
  entry: CacheEntry,
): Promise<Uint8Array | undefined> {
  if (!holdsOnlyStorable(entry)) return undefined;
  const tree = takeApart({ outputs: entry.outputs, sockets: entry.sockets });
  if (tree === undefined) return undefined;
  const tensors: InlineTensor[] = [];
  for (const tensor of tree.tensors) tensors.push(await asInline(tensor));
  const checksum = checksumOf(key, tree.json, tensors);
  const metadata = { diopter: formatVersion, key, value: tree.json, checksum };
  const named = Object.fromEntries(tensors.map((tensor, index) => [String(index), tensor]));
  return writeSafetensors(named, metadata);
}

/**
 * Reads what {@link serializeEntry} wrote.
 * @throws DiopterError `cache/corrupt` for anything that it did not write under this key.
 */
export function deserializeEntry(key: string, file: Uint8Array): CacheEntry {
  try {
    return readEntry(key, file);
  } catch (cause) {
    if (DiopterError.is(cause)) throw cause;
    throw corrupt(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function readEntry(key: string, file: Uint8Array): CacheEntry {
  const { entries, metadata } = parseSafetensorsHeader(file);
  const json = metadata.get("value");
  if (metadata.get("diopter") !== formatVersion || json === undefined) {
    throw corrupt("it has another format");
  }
  const tensors: StoredTensor[] = [];
  for (let index = 0; index < entries.size; index++) {
    tensors.push(readTensor(file, entries.get(String(index))));
  }
  const checksum = checksumOf(key, json, tensors);
  if (metadata.get("key") !== key || metadata.get("checksum") !== checksum) {
    throw corrupt("its checksum does not match");
  }
  return asEntry(putTogether(json, tensors));
}

function asEntry(stored: unknown): CacheEntry {
  if (!isRecord(stored) || !isRecord(stored.outputs) || !isRecord(stored.sockets)) {
    throw corrupt("it holds no outputs");
  }
  const sockets: Record<string, SocketType> = {};
  const outputs: Record<string, OutputValue> = {};
  for (const [name, socket] of Object.entries(stored.sockets)) {
    if (!isSocketType(socket)) throw corrupt(`"${name}" has an unknown type`);
    sockets[name] = socket;
    if (!Object.hasOwn(stored.outputs, name)) continue;
    outputs[name] = asOutput(name, socket, stored.outputs[name]);
  }
  return { outputs, sockets };
}

function asOutput(name: string, socket: SocketType, value: unknown): OutputValue {
  const one = (part: unknown) => {
    const storable = asStorable(socket, part);
    if (storable === undefined) throw corrupt(`"${name}" is no ${socket}`);
    return storable;
  };
  return Array.isArray(value) ? value.map(one) : one(value);
}

function holdsOnlyStorable({ outputs, sockets }: CacheEntry): boolean {
  return Object.entries(outputs).every(([name, output]) => {
    const socket = Object.hasOwn(sockets, name) ? sockets[name] : undefined;
    if (socket === undefined) return false;
    const values = isItemList(output) ? output : [output];
    return values.every((value) => asStorable(socket, value) !== undefined);
  });
}

async function asInline(tensor: Tensor | Uint8Array): Promise<InlineTensor> {
  if (tensor instanceof Uint8Array) {
    return { type: "uint8", shape: [tensor.byteLength], bytes: tensor };
  }
  const { buffer, byteOffset, byteLength } = await tensor.read();
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return { type: tensor.type, shape: tensor.shape, bytes };
}

function readTensor(file: Uint8Array, entry: SafetensorsEntry | undefined): StoredTensor {
  if (entry === undefined) throw corrupt("a tensor is missing");
  const { dtype, shape, offset, byteLength } = entry;
  const type = tensorType(dataTypeOf(dtype));
  if (type === undefined) throw corrupt(`a tensor is ${dtype}`);
  const bytes = new Uint8Array(file.buffer, file.byteOffset + offset, byteLength);
  // Arrays of numbers begin at multiples of their size; what was read into a pool may not.
  const isAligned = bytes.byteOffset % 8 === 0;
  return { type, shape, bytes: isAligned ? bytes : new Uint8Array(bytes) };
}

const tensorTypes: readonly TensorType[] = [
  "float32",
  "float16",
  "int64",
  "int32",
  "uint8",
  "bool",
];

function tensorType(name: string | undefined): TensorType | undefined {
  return tensorTypes.find((type) => type === name);
}

function checksumOf(
  key: string,
  json: string,
  tensors: readonly { readonly bytes: Uint8Array }[],
): string {
  const hash = createHash("sha256").update(JSON.stringify([formatVersion, key, json]));
  for (const { bytes } of tensors) hash.update(`${bytes.byteLength}:`).update(bytes);
  return hash.digest("hex");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSocketType(name: unknown): name is SocketType {
  return typeof name === "string" && Object.hasOwn(socketTypes, name);
}

function corrupt(reason: string, cause?: unknown): DiopterError {
  return new DiopterError("cache/corrupt", {
    message: `The cached file is damaged: ${reason}.`,
    remedy: "It is computed again; nothing needs to be done.",
    cause,
  });
}
