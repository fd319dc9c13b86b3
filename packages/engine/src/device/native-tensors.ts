import type { InferenceSession, Tensor as NativeTensor, OnnxValue } from "onnxruntime-node";
import { DiopterError } from "../errors/index.js";
import {
  type HostTensor,
  hostTensor,
  type TensorArrays,
  type TensorType,
} from "../values/index.js";

/** ONNX Runtime's module, loaded only once a device is opened. */
export type Runtime = typeof import("onnxruntime-node");
export type { InferenceSession, NativeTensor };

type Writers = {
  readonly [T in TensorType]: (data: TensorArrays[T], shape: readonly number[]) => NativeTensor;
};
type Readers = { readonly [T in TensorType]: (native: NativeTensor) => TensorArrays[T] };

/** Makes ONNX Runtime's tensors over the data of ours, without a copy. */
export function createWriters(runtime: Runtime): Writers {
  return {
    float32: (data, shape) => new runtime.Tensor("float32", data, shape),
    float16: (data, shape) => new runtime.Tensor("float16", data, shape),
    int64: (data, shape) => new runtime.Tensor("int64", data, shape),
    int32: (data, shape) => new runtime.Tensor("int32", data, shape),
    uint8: (data, shape) => new runtime.Tensor("uint8", data, shape),
    bool: (data, shape) => new runtime.Tensor("bool", data, shape),
  };
}

export function toNative<T extends TensorType>(
  writers: Writers,
  type: T,
  data: TensorArrays[T],
  shape: readonly number[],
): NativeTensor {
  return writers[type](data, shape);
}

const readers: Readers = {
  float32: ({ data }) => (data instanceof Float32Array ? data : refuse("float32")),
  float16: ({ data }) => (ArrayBuffer.isView(data) ? halfBits(data) : refuse("float16")),
  int64: ({ data }) => (data instanceof BigInt64Array ? data : refuse("int64")),
  int32: ({ data }) => (data instanceof Int32Array ? data : refuse("int32")),
  uint8: ({ data }) => (data instanceof Uint8Array ? data : refuse("uint8")),
  bool: ({ data }) => (data instanceof Uint8Array ? data : refuse("bool")),
};

/** Where the platform has a Float16Array, ONNX Runtime uses it; the bits are the same. */
function halfBits(data: ArrayBufferView): Uint16Array {
  return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
}

function refuse(type: string): never {
  throw new DiopterError("internal/defect", {
    message: `A ${type} tensor came back from ONNX Runtime without its numbers.`,
    remedy: "This is a defect: please report it with the workflow.",
  });
}

/** The elements of a tensor whose data lies on the host. */
export function nativeData<T extends TensorType>(type: T, native: NativeTensor): TensorArrays[T] {
  return readers[type](native);
}

/** Our tensor over the data of one that lies on the host. */
export function fromNative(native: NativeTensor): HostTensor {
  const type = nativeType(native);
  return hostTensor(type, native.dims, nativeData(type, native));
}

/** @throws DiopterError `device/failed` for types that do not travel between nodes. */
export function nativeType(native: NativeTensor): TensorType {
  const { type } = native;
  if (isTensorType(type)) return type;
  throw new DiopterError("device/failed", {
    message: `The graph's output is of type ${type}, which no wire carries.`,
    remedy: "Cast it in the graph, to float32 for example.",
  });
}

export function isTensorType(type: string): type is TensorType {
  return Object.hasOwn(readers, type);
}

export function isNativeTensor(value: OnnxValue | undefined): value is NativeTensor {
  return typeof value === "object" && value !== null && "dims" in value;
}
