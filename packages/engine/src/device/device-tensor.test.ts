import { Tensor } from "onnxruntime-node";
import { expect, test, vi } from "vitest";
import type { TensorArrays, TensorType } from "../values/index.js";
import { DeviceTensor, giveBack, type HeldMemory, type TensorOwner } from "./device-tensor.js";
import { type NativeTensor, nativeData } from "./native-tensors.js";

class CountingOwner implements TensorOwner {
  readonly id = "elsewhere";
  downloads = 0;
  releasedBytes = 0;
  readonly memories: HeldMemory[] = [];
  failure: Error | undefined;

  async download<T extends TensorType>(native: NativeTensor, type: T): Promise<TensorArrays[T]> {
    this.downloads += 1;
    await new Promise(setImmediate);
    if (this.failure !== undefined) throw this.failure;
    return nativeData(type, native);
  }

  held(memory: HeldMemory): void {
    this.memories.push(memory);
  }

  released({ bytes }: HeldMemory): void {
    this.releasedBytes += bytes;
  }
}

function tensor(owner: TensorOwner) {
  const native = new Tensor("float32", Float32Array.of(1, 2, 3), [3]);
  const dispose = vi.spyOn(native, "dispose");
  return { tensor: new DeviceTensor(native, "float32", owner), dispose };
}

test("is copied to the host once, however often it is read", async () => {
  const owner = new CountingOwner();
  const { tensor: x } = tensor(owner);
  const [first, second] = await Promise.all([x.read(), x.read()]);
  expect(first).toEqual(Float32Array.of(1, 2, 3));
  expect(second).toBe(first);
  expect(owner.downloads).toBe(1);
});

test("can be read again after reading failed", async () => {
  const owner = new CountingOwner();
  owner.failure = new Error("lost");
  const { tensor: x } = tensor(owner);
  await expect(x.read()).rejects.toThrow("lost");
  owner.failure = undefined;
  expect(await x.read()).toEqual(Float32Array.of(1, 2, 3));
});

test("gives its memory back once, and what was read stays", async () => {
  const owner = new CountingOwner();
  const { tensor: x, dispose } = tensor(owner);
  const data = await x.read();
  x.dispose();
  x.dispose();
  await new Promise(setImmediate);
  expect(dispose).toHaveBeenCalledTimes(1);
  expect(owner.releasedBytes).toBe(12);
  expect(await x.read()).toBe(data);
});

test("waits with giving back until a read that has begun is done", async () => {
  const owner = new CountingOwner();
  const { tensor: x, dispose } = tensor(owner);
  const reading = x.read();
  x.dispose();
  expect(dispose).not.toHaveBeenCalled();
  expect(await reading).toEqual(Float32Array.of(1, 2, 3));
  await new Promise(setImmediate);
  expect(dispose).toHaveBeenCalledTimes(1);
});

test("cannot be used once its memory is given back", async () => {
  const owner = new CountingOwner();
  const { tensor: x } = tensor(owner);
  x.dispose();
  await expect(x.read()).rejects.toMatchObject({ code: "device/failed" });
  expect(() => x.nativeFor(owner)).toThrow(expect.objectContaining({ code: "device/failed" }));
});

test("a device that goes takes its tensors' memory back, and they know", async () => {
  const owner = new CountingOwner();
  const { tensor: x, dispose } = tensor(owner);
  owner.memories.forEach(giveBack);
  await expect(x.read()).rejects.toMatchObject({ code: "device/failed" });
  x.dispose();
  expect(dispose).toHaveBeenCalledTimes(1);
  expect(owner.releasedBytes).toBe(12);
});

test("is known only to the device that it lies on", () => {
  const owner = new CountingOwner();
  const { tensor: x } = tensor(owner);
  expect(x.nativeFor(owner)).toBeDefined();
  expect(x.nativeFor(new CountingOwner())).toBeUndefined();
});
