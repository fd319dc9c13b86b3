/**
 * Every element type that the package reads and writes: its number in ONNX's TensorProto.DataType,
 * the bytes that one element takes, and the family that operators check for.
 */
const table = {
  float32: { code: 1, byteLength: 4, family: "float" },
  uint8: { code: 2, byteLength: 1, family: "integer" },
  int8: { code: 3, byteLength: 1, family: "integer" },
  uint16: { code: 4, byteLength: 2, family: "integer" },
  int16: { code: 5, byteLength: 2, family: "integer" },
  int32: { code: 6, byteLength: 4, family: "integer" },
  int64: { code: 7, byteLength: 8, family: "integer" },
  bool: { code: 9, byteLength: 1, family: "bool" },
  float16: { code: 10, byteLength: 2, family: "float" },
  float64: { code: 11, byteLength: 8, family: "float" },
  uint32: { code: 12, byteLength: 4, family: "integer" },
  uint64: { code: 13, byteLength: 8, family: "integer" },
  bfloat16: { code: 16, byteLength: 2, family: "float" },
  float8e4m3fn: { code: 17, byteLength: 1, family: "float" },
  float8e5m2: { code: 19, byteLength: 1, family: "float" },
} as const satisfies Record<string, { code: number; byteLength: number; family: TypeFamily }>;

export type TypeFamily = "float" | "integer" | "bool";

export type DataType = keyof typeof table;

const byCode = new Map<number, DataType>();
for (const name in table) {
  if (!isDataType(name)) continue;
  byCode.set(table[name].code, name);
}

export function isDataType(name: string): name is DataType {
  return Object.hasOwn(table, name);
}

/** Bytes that one element of the type takes. */
export function elementByteLength(type: DataType): number {
  return table[type].byteLength;
}

/** The type's number in ONNX's TensorProto.DataType. */
export function dataTypeCode(type: DataType): number {
  return table[type].code;
}

/** The type with this number in TensorProto.DataType, or undefined when the package does not know it. */
export function dataTypeFromCode(code: number): DataType | undefined {
  return byCode.get(code);
}

export function typeFamily(type: DataType): TypeFamily {
  return table[type].family;
}
