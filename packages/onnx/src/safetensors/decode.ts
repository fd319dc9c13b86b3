import { bfloat16ToFloat32Array, float16ToFloat32Array } from "../core/half-floats.js";
import type { NumericArray } from "../core/tensor-source.js";
import type { SafetensorsDtype } from "./dtype.js";

/** A tensor's bytes as numbers: F16, BF16 and F8 as their bit patterns, BOOL as 0 and 1. */
export function decodeElements(bytes: Uint8Array, dtype: SafetensorsDtype): NumericArray {
  // A typed array must start at a multiple of its element's size, which a file's bytes need not.
  // A Buffer's own slice() would share the memory instead of copying it.
  const { buffer, byteOffset, byteLength } =
    bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer, byteOffset, byteLength / 4);
    case "F64":
      return new Float64Array(buffer, byteOffset, byteLength / 8);
    case "I64":
      return new BigInt64Array(buffer, byteOffset, byteLength / 8);
    case "U64":
      return new BigUint64Array(buffer, byteOffset, byteLength / 8);
    case "I32":
      return new Int32Array(buffer, byteOffset, byteLength / 4);
    case "U32":
      return new Uint32Array(buffer, byteOffset, byteLength / 4);
    case "I16":
      return new Int16Array(buffer, byteOffset, byteLength / 2);
    case "U16":
    case "F16":
    case "BF16":
      return new Uint16Array(buffer, byteOffset, byteLength / 2);
    case "I8":
      return new Int8Array(buffer, byteOffset, byteLength);
    default:
      return new Uint8Array(buffer, byteOffset, byteLength);
  }
}

/** The numbers as float32; undefined for types that have no such meaning here (F8). */
export function decodeFloat32(
  bytes: Uint8Array,
  dtype: SafetensorsDtype,
): Float32Array | undefined {
  const elements = decodeElements(bytes, dtype);
  if (dtype.startsWith("F8")) return undefined;
  if (elements instanceof Float32Array) return elements;
  if (dtype === "F16" && elements instanceof Uint16Array) return float16ToFloat32Array(elements);
  if (dtype === "BF16" && elements instanceof Uint16Array) return bfloat16ToFloat32Array(elements);
  return Float32Array.from<number | bigint>(elements, Number);
}
