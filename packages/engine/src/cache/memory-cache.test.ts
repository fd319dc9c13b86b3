import { expect, test } from "vitest";
import { float32Tensor, type Tensor } from "../values/index.js";
import { Leases } from "./leases.js";
import { MemoryCache } from "./memory-cache.js";
import type { CacheEntry } from "./value-cache.js";

interface DeviceTensor extends Tensor<"float32"> {
  readonly disposals: () => number;
}

function deviceTensor(elements: number): DeviceTensor {
  let disposals = 0;
  const dispose = () => {
    disposals += 1;
  };
  const host = float32Tensor([1, 1, 1, elements], new Float32Array(elements));
  return { ...host, location: "webgpu", dispose, disposals: () => disposals };
}

function mapEntry(...tensors: readonly Tensor<"float32">[]): CacheEntry {
  return { outputs: { map: tensors.map((values) => ({ values })) }, sockets: { map: "MAP" } };
}

test("disposes of a device tensor when it evicts the last entry that holds it", () => {
  const cache = new MemoryCache({ maxBytes: 100_000 });
  const shared = deviceTensor(1000);
  cache.set("a", mapEntry(shared));
  cache.set("b", mapEntry(shared));
  cache.delete("a");
  expect(shared.disposals()).toBe(0);
  cache.delete("b");
  expect(shared.disposals()).toBe(1);
});

test("does not dispose of what somebody else retains", () => {
  const leases = new Leases();
  const cache = new MemoryCache({ maxBytes: 100_000, leases });
  const tensor = deviceTensor(10);
  const entry = mapEntry(tensor);
  leases.retain(entry.outputs);
  cache.set("a", entry);
  cache.clear();
  expect(tensor.disposals()).toBe(0);
  leases.release(entry.outputs);
  expect(tensor.disposals()).toBe(1);
  expect(leases.size).toBe(0);
});

test("counts a tensor in several entries once", () => {
  const cache = new MemoryCache({ maxBytes: 100_000 });
  const shared = deviceTensor(10_000);
  for (const key of ["a", "b", "c", "d", "e"]) cache.set(key, mapEntry(shared));
  const { entries, bytes } = cache.statistics();
  expect(entries).toBe(5);
  expect(bytes).toBeGreaterThanOrEqual(40_000);
  expect(bytes).toBeLessThan(45_000);
});

test("replacing an entry by one with the same tensor keeps the tensor", () => {
  const cache = new MemoryCache({ maxBytes: 100_000 });
  const tensor = deviceTensor(10);
  cache.set("a", mapEntry(tensor));
  cache.set("a", mapEntry(tensor));
  expect(tensor.disposals()).toBe(0);
});

test("counts texts, so that they cannot fill the memory", () => {
  const cache = new MemoryCache({ maxBytes: 10_000 });
  for (let index = 0; index < 100; index++) {
    cache.set(`key ${index}`, { outputs: { text: "x".repeat(1000) }, sockets: { text: "TEXT" } });
  }
  expect(cache.statistics().entries).toBeLessThan(5);
});

test("keeps models, which hold functions", () => {
  const cache = new MemoryCache({ maxBytes: 10_000 });
  const vae = { kind: "entropy", key: "k", modules: {}, options: {} };
  cache.set("a", { outputs: { gain: vae }, sockets: { gain: "GAIN" } });
  expect(cache.get("a")?.outputs.gain).toBe(vae);
});
