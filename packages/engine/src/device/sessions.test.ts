import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSafetensors, writeSafetensors } from "@diopter/onnx";
import { afterAll, beforeAll, expect, test } from "vitest";
import { float32Tensor, type TensorModule } from "../values/index.js";
import { createDevice } from "./create-device.js";
import type { TensorProgram } from "./device.js";
import { float32Output } from "./float32-output.js";
import { moduleProgram } from "./module-program.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diopter-weights-"));
});
afterAll(() => rm(folder, { recursive: true }));

const input = float32Tensor([1, 2], Float32Array.of(1, 10));

async function writeWeights(name: string, data: Float32Array): Promise<string> {
  const path = join(folder, name, "weights.safetensors");
  await mkdir(join(folder, name), { recursive: true });
  const bytes = new Uint8Array(data.buffer);
  await writeFile(path, writeSafetensors({ weight: { type: "float32", shape: [2], bytes } }));
  return path;
}

test("takes weights from safetensors files in several folders", async () => {
  const first = await openSafetensors(await writeWeights("first", Float32Array.of(2, 3)));
  const second = await openSafetensors(await writeWeights("second/deep", Float32Array.of(0.5, 1)));
  const module: TensorModule = {
    key: "two files",
    build(g, { x }) {
      if (x === undefined) throw new Error("no input");
      const scaled = g.mul(x, g.weight(first.tensor("weight")));
      return { y: g.add(scaled, g.weight(second.tensor("weight"))) };
    },
  };
  const device = await createDevice("cpu");
  const program = moduleProgram(module, { x: ["batch", 2] });
  const outputs = await device.run(program, { x: input });
  expect(await float32Output(outputs, "y").read()).toEqual(Float32Array.of(2.5, 31));
  expect(() => float32Output(outputs, "z")).toThrow(
    expect.objectContaining({ code: "internal/defect" }),
  );
  await device.dispose();
});

test("a module with other shapes is another program; the order of its inputs does not matter", () => {
  const module: TensorModule = { key: "same", build: (_, inputs) => inputs };
  const key = moduleProgram(module, { a: ["n"], b: [1] }).key;
  expect(moduleProgram(module, { b: [1], a: ["n"] }).key).toBe(key);
  expect(moduleProgram(module, { a: ["n"], b: [2] }).key).not.toBe(key);
});

test("says that weights are missing, and goes on", async () => {
  const path = await writeWeights("gone", Float32Array.of(1, 2));
  const weights = await openSafetensors(path);
  await rm(path);
  const program: TensorProgram = {
    key: "gone",
    build(g) {
      g.output("y", g.add(g.input("x", "float32", [1, 2]), g.weight(weights.tensor("weight"))));
    },
  };
  const device = await createDevice("cpu");
  await expect(device.run(program, { x: input })).rejects.toMatchObject({ code: "device/failed" });
  await writeWeights("gone", Float32Array.of(1, 2));
  const { y } = await device.run(program, { x: input });
  expect(await y?.read()).toEqual(Float32Array.of(2, 12));
  await device.dispose();
});

test("gives back the least recently used sessions when the budget is short", async () => {
  // Each program holds 8 MB of weights, so that at most nineteen fit.
  const size = 2 << 20;
  const program = (name: string): TensorProgram => ({
    key: name,
    build(g) {
      const weights = g.constant(new Float32Array(size).fill(1), [size]);
      g.output("y", g.add(g.input("x", "float32", [1]), g.gather(weights, 0)));
    },
  });
  const device = await createDevice("cpu", { memoryBudget: 160e6, threads: 1 });
  const x = float32Tensor([1], Float32Array.of(1));
  const built = async (name: string) => {
    const before = device.statistics().sessionsBuilt;
    await device.run(program(name), { x });
    return device.statistics().sessionsBuilt - before;
  };
  expect(await built("first")).toBe(1);
  expect(await built("first")).toBe(0);
  for (let other = 0; other < 20; other += 1) expect(await built(`other ${other}`)).toBe(1);
  expect(await built("other 19")).toBe(0);
  expect(await built("first")).toBe(1);
  expect(device.statistics().peakBytes).toBeLessThanOrEqual(device.memoryBudget);
  await device.dispose();
});
