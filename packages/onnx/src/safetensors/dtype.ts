import type { DataType } from "../core/data-types.js";

/** Every element type of the format: its bytes per element, and ONNX's type where there is one. */
const table = {
  BOOL: { byteLength: 1, type: "bool" },
  U8: { byteLength: 1, type: "uint8" },
  I8: { byteLength: 1, type: "int8" },
  I16: { byteLength: 2, type: "int16" },
  U16: { byteLength: 2, type: "uint16" },
  F16: { byteLength: 2, type: "float16" },
  BF16: { byteLength: 2, type: "bfloat16" },
  I32: { byteLength: 4, type: "int32" },
  U32: { byteLength: 4, type: "uint32" },
  F32: { byteLength: 4, type: "float32" },
  F64: { byteLength: 8, type: "float64" },
  I64: { byteLength: 8, type: "int64" },
  U64: { byteLength: 8, type: "uint64" },
  F8_E4M3: { byteLength: 1, type: "float8e4m3fn" },
  F8_E5M2: { byteLength: 1, type: "float8e5m2" },
  F8_E8M0: { byteLength: 1, type: undefined },
} as const satisfies Record<string, { byteLength: number; type: DataType | undefined }>;

/** An element type as the file names it. */
export type SafetensorsDtype = keyof typeof table;

export function isSafetensorsDtype(name: string): name is SafetensorsDtype {
  return Object.hasOwn(table, name);
}

export function dtypeByteLength(dtype: SafetensorsDtype): number {
  return table[dtype].byteLength;
}

/** ONNX's name of the type; undefined for F8_E8M0, which the package only carries along. */
export function dataTypeOf(dtype: SafetensorsDtype): DataType | undefined {
  return table[dtype].type;
}

/** The file's name of an ONNX type. */
export function dtypeOf(type: DataType): SafetensorsDtype {
  return dtypes[type];
}

const dtypes = {
  bool: "BOOL",
  uint8: "U8",
  int8: "I8",
  int16: "I16",
  uint16: "U16",
  float16: "F16",
  bfloat16: "BF16",
  int32: "I32",
  uint32: "U32",
  float32: "F32",
  float64: "F64",
  int64: "I64",
  uint64: "U64",
  float8e4m3fn: "F8_E4M3",
  float8e5m2: "F8_E5M2",
} as const satisfies Record<DataType, SafetensorsDtype>;
