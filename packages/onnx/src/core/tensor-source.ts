import { type DataType, elementByteLength } from "./data-types.js";
import { float32ToBfloat16Bits, float32ToFloat16Bits } from "./half-floats.js";

/** A tensor whose little-endian bytes are in memory. */
export interface InlineTensor<D extends DataType = DataType> {
  readonly type: D;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly name?: string;
}

/** A tensor whose little-endian bytes lie in a file, at `offset` from the file's first byte. */
export interface ExternalTensor<D extends DataType = DataType> {
  readonly type: D;
  readonly shape: readonly number[];
  readonly path: string;
  readonly offset: number;
  readonly byteLength: number;
  readonly name?: string;
}

export type TensorSource<D extends DataType = DataType> = InlineTensor<D> | ExternalTensor<D>;

export type NumericArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** The element type that an array stands for. */
export function arrayDataType(array: NumericArray): DataType {
  if (array instanceof Float32Array) return "float32";
  if (array instanceof Float64Array) return "float64";
  if (array instanceof BigInt64Array) return "int64";
  if (array instanceof BigUint64Array) return "uint64";
  if (array instanceof Int32Array) return "int32";
  if (array instanceof Uint32Array) return "uint32";
  if (array instanceof Int16Array) return "int16";
  if (array instanceof Uint16Array) return "uint16";
  if (array instanceof Int8Array) return "int8";
  return "uint8";
}

export function isExternal(tensor: TensorSource): tensor is ExternalTensor {
  return "path" in tensor;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

export function tensorByteLength(tensor: TensorSource): number {
  return isExternal(tensor) ? tensor.byteLength : tensor.bytes.byteLength;
}

/** True when the bytes are exactly what type and shape ask for. */
export function hasConsistentSize(tensor: TensorSource): boolean {
  const expected = elementCount(tensor.shape) * elementByteLength(tensor.type);
  return expected === tensorByteLength(tensor);
}

/** The array's own bytes, without a copy. */
export function bytesOf(array: NumericArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Numbers written as little-endian elements of `type`; integers are truncated, bool is 0 or 1. */
export function encodeNumbers(numbers: readonly number[], type: DataType): Uint8Array {
  const size = elementByteLength(type);
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, index) => {
    writeNumber(view, index * size, number, type);
  });
  return bytes;
}

const writers: Partial<Record<DataType, (view: DataView, at: number, number: number) => void>> = {
  float32: (view, at, number) => view.setFloat32(at, number, true),
  float64: (view, at, number) => view.setFloat64(at, number, true),
  float16: (view, at, number) => view.setUint16(at, float32ToFloat16Bits(number), true),
  bfloat16: (view, at, number) => view.setUint16(at, float32ToBfloat16Bits(number), true),
  int64: (view, at, number) => view.setBigInt64(at, BigInt(Math.trunc(number)), true),
  uint64: (view, at, number) => view.setBigUint64(at, BigInt(Math.trunc(number)), true),
  int32: (view, at, number) => view.setInt32(at, number, true),
  uint32: (view, at, number) => view.setUint32(at, number, true),
  int16: (view, at, number) => view.setInt16(at, number, true),
  uint16: (view, at, number) => view.setUint16(at, number, true),
  int8: (view, at, number) => view.setInt8(at, number),
  uint8: (view, at, number) => view.setUint8(at, number),
  bool: (view, at, number) => view.setUint8(at, number === 0 ? 0 : 1),
};

function writeNumber(view: DataView, at: number, number: number, type: DataType): void {
  const write = writers[type];
  if (write === undefined) throw new RangeError(`numbers cannot be written as ${type}`);
  write(view, at, number);
}
