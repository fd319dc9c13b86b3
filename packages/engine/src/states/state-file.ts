import { createHash } from "node:crypto";
import { type InlineTensor, parseSafetensorsHeader, writeSafetensors } from "@diopter/onnx";
import { float32Tensor, type Tensor } from "../values/index.js";
import type { SavedState } from "./node-state.js";

const format = "state-1";

/** A state as a safetensors file, with its key and a SHA-256 of it all. Reads device tensors. */
export async function writeState(key: string, state: SavedState): Promise<Uint8Array> {
  const tensors: Record<string, InlineTensor> = {};
  for (const [name, tensor] of Object.entries(state.tensors)) {
    const { buffer, byteOffset, byteLength } = await tensor.read();
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    tensors[name] = { type: "float32", shape: tensor.shape, bytes };
  }
  const values = JSON.stringify(state.values);
  const checksum = checksumOf(key, values, tensors);
  return writeSafetensors(tensors, { diopter: format, key, values, checksum });
}

/** The state in a file that {@link writeState} wrote under this key; undefined for any other. */
export function readState(key: string, file: Uint8Array): SavedState | undefined {
  try {
    return verifiedState(key, file);
  } catch {
    return undefined;
  }
}

function verifiedState(key: string, file: Uint8Array): SavedState | undefined {
  const { entries, metadata } = parseSafetensorsHeader(file);
  const values = metadata.get("values") ?? "null";
  const inline: Record<string, InlineTensor> = {};
  const tensors: Record<string, Tensor<"float32">> = {};
  for (const [name, { dtype, shape, offset, byteLength }] of entries) {
    if (dtype !== "F32") return undefined;
    // A copy begins at a multiple of four, as numbers must.
    const bytes = new Uint8Array(file.subarray(offset, offset + byteLength));
    inline[name] = { type: "float32", shape, bytes };
    tensors[name] = float32Tensor(shape, new Float32Array(bytes.buffer));
  }
  const isOurs = metadata.get("diopter") === format && metadata.get("key") === key;
  if (!isOurs || metadata.get("checksum") !== checksumOf(key, values, inline)) return undefined;
  return { values: JSON.parse(values), tensors };
}

function checksumOf(
  key: string,
  values: string,
  tensors: Readonly<Record<string, InlineTensor>>,
): string {
  const hash = createHash("sha256").update(JSON.stringify([format, key, values]));
  for (const name of Object.keys(tensors).sort()) {
    const { shape, bytes } = tensors[name] ?? { shape: [], bytes: new Uint8Array() };
    hash.update(JSON.stringify([name, shape])).update(bytes);
  }
  return hash.digest("hex");
}
