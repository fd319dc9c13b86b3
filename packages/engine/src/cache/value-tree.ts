import { hostTensor, type Tensor, type TensorType } from "../values/index.js";
import { isTensor } from "./leases.js";

/** A value as JSON, with numbered places where its tensors and raw bytes belong. */
export interface ValueTree {
  readonly json: string;
  readonly tensors: readonly (Tensor | Uint8Array)[];
}

/** What stands at a place, as it was read: raw bytes are a tensor of type uint8. */
export interface StoredTensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

class NotStorable extends Error {}

/**
 * Takes a value apart: objects, lists, texts, numbers (also infinite ones) and tensors. Undefined
 * where it holds anything else, such as a function. Fields that are undefined are left out.
 */
export function takeApart(value: unknown): ValueTree | undefined {
  const places = new Map<Tensor | Uint8Array, number>();
  const place = (tensor: Tensor | Uint8Array): number => {
    const known = places.get(tensor) ?? places.size;
    places.set(tensor, known);
    return known;
  };
  try {
    const json = JSON.stringify(encode(value, place));
    return { json, tensors: [...places.keys()] };
  } catch (thrown) {
    if (thrown instanceof NotStorable) return undefined;
    throw thrown;
  }
}

type Place = (tensor: Tensor | Uint8Array) => number;

function encode(value: unknown, place: Place): unknown {
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) throw new NotStorable();
  if (isTensor(value)) return { $tensor: place(value) };
  if (value instanceof Uint8Array) return { $bytes: place(value) };
  if (ArrayBuffer.isView(value)) throw new NotStorable();
  if (Array.isArray(value)) return value.map((part: unknown) => encode(part, place));
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (entries.some(([name]) => name.startsWith("$"))) throw new NotStorable();
  return Object.fromEntries(entries.map(([name, part]) => [name, encode(part, place)]));
}

/** JSON has no infinity, no NaN, and drops the sign of zero. */
function encodeNumber(value: number): unknown {
  const survives = Number.isFinite(value) && !Object.is(value, -0);
  return survives ? value : { $number: Object.is(value, -0) ? "-0" : String(value) };
}

/**
 * Puts a value together again.
 * @throws SyntaxError or RangeError where the text or a place in it is damaged.
 */
export function putTogether(json: string, tensors: readonly StoredTensor[]): unknown {
  const made = new Map<number, Tensor>();
  const stored = (index: unknown): StoredTensor => {
    const found = typeof index === "number" ? tensors[index] : undefined;
    if (found === undefined) throw new RangeError(`There is no tensor ${String(index)}.`);
    return found;
  };
  return JSON.parse(json, (_, part: unknown) => {
    if (typeof part !== "object" || part === null) return part;
    if ("$number" in part) return Number(part.$number);
    if ("$bytes" in part) return stored(part.$bytes).bytes;
    if (!("$tensor" in part)) return part;
    const tensor = stored(part.$tensor);
    const index = Number(part.$tensor);
    const known = made.get(index) ?? asTensor(tensor);
    made.set(index, known);
    return known;
  });
}

function asTensor({ type, shape, bytes }: StoredTensor): Tensor {
  const count = (size: number) => bytes.byteLength / size;
  const { buffer, byteOffset } = bytes;
  switch (type) {
    case "float32":
      return hostTensor(type, shape, new Float32Array(buffer, byteOffset, count(4)));
    case "float16":
      return hostTensor(type, shape, new Uint16Array(buffer, byteOffset, count(2)));
    case "int64":
      return hostTensor(type, shape, new BigInt64Array(buffer, byteOffset, count(8)));
    case "int32":
      return hostTensor(type, shape, new Int32Array(buffer, byteOffset, count(4)));
    case "uint8":
    case "bool":
      return hostTensor(type, shape, bytes);
  }
}
