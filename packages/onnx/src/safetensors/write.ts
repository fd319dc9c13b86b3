import { type DataType, elementByteLength } from "../core/data-types.js";
import { hasConsistentSize, type InlineTensor } from "../core/tensor-source.js";
import { dtypeOf } from "./dtype.js";
import { SafetensorsError } from "./errors.js";
import { lengthPrefix } from "./header.js";

export type NamedTensors = Readonly<Record<string, InlineTensor<DataType>>>;

/**
 * A whole file's bytes. The header is padded with spaces so that the tensors start at a multiple of
 * 8; tensors follow by falling element size, then by name, so that each is aligned to its elements.
 *
 * @throws SafetensorsError `size-mismatch` when a tensor's bytes do not fit its shape and type
 */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const ordered = Object.entries(tensors).sort(byAlignmentThenName);
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set("__metadata__", metadata);
  let end = 0;
  for (const [name, tensor] of ordered) {
    requireWritable(name, tensor);
    const start = end;
    end += tensor.bytes.byteLength;
    const entry = { dtype: dtypeOf(tensor.type), shape: tensor.shape, data_offsets: [start, end] };
    header.set(name, entry);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.byteLength / 8) * 8;
  const file = new Uint8Array(lengthPrefix + headerLength + end).fill(
    0x20,
    0,
    lengthPrefix + headerLength,
  );
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.set(json, lengthPrefix);
  let position = lengthPrefix + headerLength;
  for (const [, { bytes }] of ordered) {
    file.set(bytes, position);
    position += bytes.byteLength;
  }
  return file;
}

type NamedTensor = readonly [string, InlineTensor];

function byAlignmentThenName([nameA, a]: NamedTensor, [nameB, b]: NamedTensor): number {
  const byAlignment = elementByteLength(b.type) - elementByteLength(a.type);
  if (byAlignment !== 0) return byAlignment;
  return nameA < nameB ? -1 : 1;
}

function requireWritable(name: string, tensor: InlineTensor): void {
  if (name === "__metadata__") {
    throw new SafetensorsError("invalid-entry", "a tensor cannot be named __metadata__");
  }
  if (hasConsistentSize(tensor)) return;
  const reason = `"${name}" is ${tensor.type} [${tensor.shape}] but has ${tensor.bytes.byteLength} bytes`;
  throw new SafetensorsError("size-mismatch", reason);
}
