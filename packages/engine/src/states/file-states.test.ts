import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { float32Tensor } from "../values/index.js";
import { FileStates } from "./file-states.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "diopter-states-"));
  folders.push(folder);
  return folder;
}

const open = (folder: string, maxBytes = 1e9, seconds = 0) =>
  FileStates.open({ folder, maxBytes, seconds });
const stateOf = (...numbers: number[]) => ({
  values: { step: numbers.length },
  tensors: { sample: float32Tensor([1, numbers.length], Float32Array.from(numbers)) },
});

it("gives back what was saved last under a key and a name, exactly", async () => {
  const folder = newFolder();
  const state = (await open(folder)).of("key");
  await state.save("a", stateOf(1));
  await state.save("a", stateOf(0.1, -0, 1e-40));
  await state.save("b", stateOf(7));
  const loaded = await (await open(folder)).of("key").load("a");
  expect(loaded?.values).toEqual({ step: 3 });
  expect(loaded?.tensors.sample?.shape).toEqual([1, 3]);
  expect(await loaded?.tensors.sample?.read()).toEqual(Float32Array.of(0.1, -0, 1e-40));
  expect(await (await open(folder)).of("other").load("a")).toBeUndefined();
});

it("takes a damaged or foreign file for none", async () => {
  const folder = newFolder();
  const states = await open(folder);
  await states.of("key").save("a", stateOf(1, 2));
  const [name = ""] = readdirSync(folder);
  const path = join(folder, name);
  const bytes = readFileSync(path);
  for (const damage of [bytes.length - 1, 40]) {
    const damaged = Buffer.from(bytes);
    damaged[damage] = (damaged[damage] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    expect(await states.of("key").load("a")).toBeUndefined();
  }
  writeFileSync(path, bytes.subarray(0, bytes.length - 3));
  expect(await states.of("key").load("a")).toBeUndefined();
});

it("forgets what finished runs used, and only that", async () => {
  const folder = newFolder();
  const states = await open(folder);
  await states.of("cut off").save("a", stateOf(1));
  states.keep();
  await states.of("finished").save("a", stateOf(2));
  await states.forget();
  expect(await states.of("cut off").load("a")).toBeDefined();
  expect(await states.of("finished").load("a")).toBeUndefined();
});

it("removes the oldest beyond its bytes when it is opened, and what was never finished", async () => {
  const folder = newFolder();
  const states = await open(folder);
  await states.of("old").save("a", stateOf(1));
  writeFileSync(join(folder, "x.safetensors.1.tmp"), "");
  await open(folder, 0);
  expect(readdirSync(folder)).toEqual([]);
});

it("is due again only after its time", async () => {
  const folder = newFolder();
  expect((await open(folder, 1e9, 0)).of("key").isDue).toBe(true);
  expect((await open(folder, 1e9, 1e6)).of("key").isDue).toBe(false);
});
