/** Element types of tensors that travel between nodes. */
export type TensorType = "float32" | "float16" | "int64" | "int32" | "uint8" | "bool";

/** The array that holds the elements of a tensor of type `T` on the host. */
export interface TensorArrays {
  readonly float32: Float32Array;
  readonly float16: Uint16Array;
  readonly int64: BigInt64Array;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
  readonly bool: Uint8Array;
}

/**
 * An immutable array of numbers, on the host or on a device. Layout is row-major; pictures and
 * latents are NCHW. Whoever holds a tensor never writes into its data.
 */
export interface Tensor<T extends TensorType = TensorType> {
  readonly type: T;
  readonly shape: readonly number[];
  readonly byteLength: number;
  /** `"host"`, or the id of the device on which the data lies. */
  readonly location: string;
  /** The elements on the host; copies them from the device once, at the first call. */
  read(): Promise<TensorArrays[T]>;
  /** Gives device memory back. A tensor on the host ignores it. Safe to call twice. */
  dispose(): void;
}

/** A tensor on the host, whose elements can be read without waiting. */
export interface HostTensor<T extends TensorType = TensorType> extends Tensor<T> {
  readonly location: "host";
  readonly data: TensorArrays[T];
}

/** The number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * A tensor over `data`, which the caller gives up.
 * @throws RangeError when `shape` does not have as many elements as `data`.
 */
export function hostTensor<T extends TensorType>(
  type: T,
  shape: readonly number[],
  data: TensorArrays[T],
): HostTensor<T> {
  if (elementCount(shape) !== data.length) {
    throw new RangeError(
      `A tensor of shape [${shape.join(", ")}] cannot hold ${data.length} elements.`,
    );
  }
  return {
    type,
    shape: Object.freeze([...shape]),
    byteLength: data.byteLength,
    location: "host",
    data,
    read: async () => data,
    dispose: () => {},
  };
}

/** A float32 tensor on the host. See {@link hostTensor}. */
export function float32Tensor(shape: readonly number[], data: Float32Array): HostTensor<"float32"> {
  return hostTensor("float32", shape, data);
}
