import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DiopterError } from "../errors/index.js";
import { float32Tensor } from "../values/index.js";
import { DiskCache } from "./disk-cache.js";
import type { CacheEntry } from "./value-cache.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "diopter-disk-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (extra: Partial<Parameters<typeof DiskCache.open>[0]> = {}) =>
  DiskCache.open({ folder, maxBytes: 1 << 20, minMilliseconds: 0, ...extra });

const key = "ab".repeat(32);
const entry: CacheEntry = {
  outputs: { map: { values: float32Tensor([1, 1, 1, 3], Float32Array.of(1, 2, 3)) } },
  sockets: { map: "MAP" },
};
const path = () => join(folder, "ab", `${key}.safetensors`);

test("another program finds what this one has written", async () => {
  await (await open()).set(key, entry);
  const hit = await (await open()).get(key);
  expect(hit?.from).toBe("disk");
  expect(hit?.outputs.map).toHaveProperty("values.data", Float32Array.of(1, 2, 3));
});

test("what other tools read is a safetensors file with the values in it", async () => {
  await (await open()).set(key, entry);
  const file = await readFile(path());
  const length = Number(file.readBigUInt64LE(0));
  const header: unknown = JSON.parse(file.subarray(8, 8 + length).toString());
  expect(header).toMatchObject({ "0": { dtype: "F32", shape: [1, 1, 1, 3] } });
  expect(file.readFloatLE(8 + length + 8)).toBe(3);
});

describe("a damaged file counts as absent and is removed", () => {
  const damages: Readonly<Record<string, (file: Buffer) => Buffer>> = {
    "cut short": (file) => file.subarray(0, file.length - 1),
    empty: () => Buffer.alloc(0),
    "one bit of a tensor": (file) => {
      file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
      return file;
    },
    "one letter of the header": (file) =>
      Buffer.from(file.toString("latin1").replace("MAP", "MaP"), "latin1"),
    "zeros throughout": (file) => Buffer.alloc(file.length),
  };
  test.each(Object.entries(damages))("%s", async (_, damage) => {
    await (await open()).set(key, entry);
    await writeFile(path(), damage(await readFile(path())));
    const failures: DiopterError[] = [];
    const cache = await open({ onFailure: (error) => failures.push(error) });
    expect(await cache.get(key)).toBeUndefined();
    expect(failures).toHaveLength(1);
    expect(failures[0]?.code).toBe("cache/corrupt");
    expect(await readdir(join(folder, "ab"))).toEqual([]);
    await cache.set(key, entry);
    expect(await cache.get(key)).toBeDefined();
  });
});

test("the file of another key is not taken for this one", async () => {
  await (await open()).set(key, entry);
  const other = "cd".repeat(32);
  await mkdir(join(folder, "cd"));
  await writeFile(join(folder, "cd", `${other}.safetensors`), await readFile(path()));
  expect(await (await open()).get(other)).toBeUndefined();
});

test("leaves no unfinished file, and removes those that others left long ago", async () => {
  await mkdir(join(folder, "ab"));
  const old = join(folder, "ab", `${key}.safetensors.1.1.tmp`);
  const young = join(folder, "ab", `${key}.safetensors.2.1.tmp`);
  await writeFile(old, "half");
  await writeFile(young, "half");
  await utimes(old, new Date(0), new Date(0));
  await (await open()).set(key, entry);
  expect((await readdir(join(folder, "ab"))).sort()).toEqual(
    [`${key}.safetensors`, `${key}.safetensors.2.1.tmp`].sort(),
  );
});

test("makes room at opening when the bound has become smaller", async () => {
  const first = await open();
  for (let index = 0; index < 8; index++) await first.set(`key ${index}`, entry);
  const bytes = first.statistics().bytes;
  const second = await open({ maxBytes: bytes / 2 });
  expect(second.statistics().entries).toBe(4);
  expect(
    (await readdir(folder, { recursive: true })).filter((name) => name.endsWith("rs")),
  ).toHaveLength(4);
});

test("declines models and what is computed faster than it is read", async () => {
  const cache = await open({ minMilliseconds: 10 });
  const part = { kind: "entropy", key: "k", modules: {}, options: {} };
  await cache.set("gain", { outputs: { gain: part }, sockets: { gain: "GAIN" } });
  await cache.set("fast", { ...entry, milliseconds: 2 });
  await cache.set("slow", { ...entry, milliseconds: 200 });
  expect(await cache.get("gain")).toBeUndefined();
  expect(await cache.get("fast")).toBeUndefined();
  expect(await cache.get("slow")).toBeDefined();
  expect(cache.statistics().failures).toBe(0);
});

test("says when it cannot write, and goes on", async () => {
  const failures: DiopterError[] = [];
  const cache = await open({ onFailure: (error) => failures.push(error) });
  await writeFile(join(folder, "ab"), "a file where a folder should be");
  await cache.set(key, entry);
  expect(await cache.get(key)).toBeUndefined();
  expect(failures).toHaveLength(1);
  expect(cache.statistics()).toMatchObject({ entries: 0, failures: 1 });
});

test("a folder that cannot be made is refused with a remedy", async () => {
  await writeFile(join(folder, "file"), "");
  const opening = DiskCache.open({ folder: join(folder, "file", "cache"), maxBytes: 1 });
  await expect(opening).rejects.toMatchObject({ code: "output/unwritable" });
});
