import { DiopterError } from "../errors/index.js";
import { elementCount, type Tensor, type TensorArrays, type TensorType } from "../values/index.js";
import type { NativeTensor } from "./native-tensors.js";

const elementBytes: Readonly<Record<TensorType, number>> = {
  float32: 4,
  float16: 2,
  int64: 8,
  int32: 4,
  uint8: 1,
  bool: 1,
};

/** Bytes that a tensor of this type and shape takes. */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  return elementCount(shape) * elementBytes[type];
}

/** What a tensor on a device needs of that device. */
export interface TensorOwner {
  readonly id: string;
  /** Copies the elements to the host. */
  download<T extends TensorType>(native: NativeTensor, type: T): Promise<TensorArrays[T]>;
  /** Called once when memory is held, and once when it has been given back. */
  held(memory: HeldMemory): void;
  released(memory: HeldMemory): void;
}

/** The memory of one tensor on a device. */
export interface HeldMemory {
  readonly native: NativeTensor;
  readonly owner: TensorOwner;
  readonly bytes: number;
  given: boolean;
}

// A safety net for tensors that nobody disposed: what holds them must be weak, hence no reference
// to the DeviceTensor itself in what is held.
const forgotten = new FinalizationRegistry<HeldMemory>(giveBack);

/** Gives memory back, once: by its tensor, by the safety net, or by the device that goes. */
export function giveBack(memory: HeldMemory): void {
  if (memory.given) return;
  memory.given = true;
  memory.native.dispose();
  memory.owner.released(memory);
}

/** A tensor whose data lies in the memory of a GPU until it is disposed. */
export class DeviceTensor<T extends TensorType = TensorType> implements Tensor<T> {
  readonly type: T;
  readonly shape: readonly number[];
  readonly byteLength: number;
  readonly location: string;
  readonly #held: HeldMemory;
  #reading: Promise<TensorArrays[T]> | undefined;
  #disposed = false;

  constructor(native: NativeTensor, type: T, owner: TensorOwner) {
    this.type = type;
    this.shape = Object.freeze([...native.dims]);
    this.byteLength = tensorBytes(type, this.shape);
    this.location = owner.id;
    this.#held = { native, owner, bytes: this.byteLength, given: false };
    owner.held(this.#held);
    forgotten.register(this, this.#held, this);
  }

  /** ONNX Runtime's tensor, where it belongs to this owner. */
  nativeFor(owner: TensorOwner): NativeTensor | undefined {
    if (this.#held.owner !== owner) return undefined;
    if (this.#disposed || this.#held.given) throw disposedError();
    return this.#held.native;
  }

  read(): Promise<TensorArrays[T]> {
    if (this.#reading !== undefined) return this.#reading;
    if (this.#disposed || this.#held.given) return Promise.reject(disposedError());
    const { native, owner } = this.#held;
    const reading = owner.download(native, this.type);
    this.#reading = reading;
    reading.catch(() => {
      this.#reading = undefined;
    });
    return reading;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    forgotten.unregister(this);
    if (this.#reading === undefined) giveBack(this.#held);
    else void this.#reading.catch(() => {}).then(() => giveBack(this.#held));
  }
}

function disposedError(): DiopterError {
  return new DiopterError("device/failed", {
    message: "A tensor was used after its memory had been given back.",
    remedy: "This is a defect of the node that disposed it: please report it with the workflow.",
  });
}
