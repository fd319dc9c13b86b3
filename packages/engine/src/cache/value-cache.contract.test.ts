import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { float32Tensor, hostTensor } from "../values/index.js";
import { DiskCache } from "./disk-cache.js";
import { Leases } from "./leases.js";
import { MemoryCache } from "./memory-cache.js";
import { TieredCache } from "./tiered-cache.js";
import type { CacheEntry, ValueCache } from "./value-cache.js";

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "diopter-cache-"));
  folders.push(folder);
  return folder;
}

const openDisk = async (maxBytes: number) =>
  DiskCache.open({ folder: await newFolder(), maxBytes, minMilliseconds: 0 });

const implementations: Readonly<Record<string, (maxBytes: number) => Promise<ValueCache>>> = {
  MemoryCache: async (maxBytes) => new MemoryCache({ maxBytes }),
  DiskCache: openDisk,
  "TieredCache, memory first": async (maxBytes) => {
    const leases = new Leases();
    const memory = new MemoryCache({ maxBytes, leases });
    return new TieredCache({ memory, leases, disk: await openDisk(1) });
  },
  "TieredCache, all from disk": async (maxBytes) => {
    const leases = new Leases();
    const memory = new MemoryCache({ maxBytes: 1, leases });
    return new TieredCache({ memory, leases, disk: await openDisk(maxBytes) });
  },
};

/** An entry of about `kilobytes` that holds one recognisable number. */
function latentEntry(value: number, kilobytes = 1): CacheEntry {
  const samples = float32Tensor([1, 1, 1, kilobytes * 256], new Float32Array(kilobytes * 256));
  samples.data.fill(value);
  return {
    outputs: {
      latent: { samples, space: "pixels", downscale: 1, pictureSize: { width: 3, height: 1 } },
    },
    sockets: { latent: "LATENT" },
  };
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe.each(Object.entries(implementations))("%s", (_, create) => {
  let cache: ValueCache;
  beforeEach(async () => {
    cache = await create(64 * 1024);
  });

  test("does not have what was never set", async () => {
    expect(await cache.get("absent")).toBeUndefined();
    expect(cache.statistics()).toMatchObject({ hits: 0, misses: 1 });
  });

  test("gives back what was set, at once and after it has settled", async () => {
    const entry: CacheEntry = {
      outputs: {
        image: {
          pixels: float32Tensor([1, 3, 1, 2], Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 1)),
          profile: { icc: Uint8Array.of(1, 2, 3) },
          origin: { bitDepth: 16, gray: false },
        },
        scores: { psnr: Number.POSITIVE_INFINITY, ssim: 1, bias: -0 },
        words: ["one", "two"],
      },
      sockets: { image: "IMAGE", scores: "METRICS", words: "TEXT" },
    };
    const set = cache.set("key", entry);
    const early = await cache.get("key");
    if (early !== undefined) expect(early.outputs.words).toEqual(["one", "two"]);
    await set;
    await cache.settled();
    const hit = await cache.get("key");
    expect(hit?.sockets).toEqual(entry.sockets);
    expect(hit?.outputs.scores).toEqual(entry.outputs.scores);
    expect(JSON.stringify(hit?.outputs.words)).toBe('["one","two"]');
    expect(hit?.outputs.image).toMatchObject({
      pixels: { type: "float32", shape: [1, 3, 1, 2], location: "host" },
      profile: { icc: Uint8Array.of(1, 2, 3) },
      origin: { bitDepth: 16, gray: false },
    });
    const image: unknown = hit?.outputs.image;
    if (typeof image !== "object" || image === null || !("pixels" in image)) expect.fail();
    expect(image.pixels).toHaveProperty("data", Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 1));
  });

  test("replaces, deletes and clears", async () => {
    await cache.set("a", latentEntry(1));
    await cache.set("a", latentEntry(2));
    await cache.set("b", latentEntry(3));
    await cache.settled();
    const replaced = await cache.get("a");
    expect(replaced?.outputs.latent).toHaveProperty("samples.data.0", 2);
    await cache.delete("a");
    await cache.delete("never set");
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.get("b")).toBeDefined();
    await cache.clear();
    expect(await cache.get("b")).toBeUndefined();
    expect(cache.statistics()).toMatchObject({ entries: 0, bytes: 0 });
  });

  test("lets go of what has not been used for longest", async () => {
    for (const key of ["a", "b", "c", "d", "e"]) {
      await cache.set(key, latentEntry(1, 16));
      await cache.settled();
      if (key !== "a") await cache.get("a");
      expect(cache.statistics().bytes).toBeLessThanOrEqual(64 * 1024);
    }
    expect(await cache.get("a")).toBeDefined();
    expect(await cache.get("b")).toBeUndefined();
    expect(await cache.get("e")).toBeDefined();
    expect(cache.statistics().evictions).toBeGreaterThanOrEqual(2);
  });

  test("declines what is larger than all of it, and keeps the rest", async () => {
    await cache.set("small", latentEntry(1));
    await cache.set("large", latentEntry(1, 80));
    await cache.settled();
    expect(await cache.get("large")).toBeUndefined();
    expect(await cache.get("small")).toBeDefined();
  });

  test("takes keys of any form", async () => {
    const keys = ["../../etc", "a/b", "", "x".repeat(1000), "käse\0"];
    for (const [index, key] of keys.entries()) await cache.set(key, latentEntry(index));
    await cache.settled();
    for (const [index, key] of keys.entries()) {
      const hit = await cache.get(key);
      expect(hit?.outputs.latent).toHaveProperty("samples.data.0", index);
    }
  });

  test("stands many at once", async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    await Promise.all(keys.map((key, index) => cache.set(key, latentEntry(index))));
    const hits = await Promise.all(keys.map((key) => cache.get(key)));
    for (const [index, hit] of hits.entries()) {
      expect(hit?.outputs.latent).toHaveProperty("samples.data.0", index);
    }
  });
});

test("every type of tensor survives the disk", async () => {
  const disk = await openDisk(1 << 20);
  const tensors = [
    hostTensor("float32", [2], Float32Array.of(Number.NaN, -0)),
    hostTensor("float32", [], Float32Array.of(3)),
    hostTensor("float32", [0, 4], new Float32Array()),
  ];
  const entry: CacheEntry = {
    outputs: { map: tensors.map((values) => ({ values })) },
    sockets: { map: "MAP" },
  };
  await disk.set("key", entry);
  const hit = await disk.get("key");
  const read: unknown = hit?.outputs.map;
  expect(read).toMatchObject(
    tensors.map(({ shape, data }) => ({ values: { type: "float32", shape, data } })),
  );
});
