import { InferenceSession } from "onnxruntime-node";
import { afterEach, expect, test, vi } from "vitest";
import { float32Tensor } from "../values/index.js";
import { createDevice } from "./create-device.js";
import type { TensorProgram } from "./device.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const increment: TensorProgram = {
  key: "increment",
  build(g) {
    g.output("y", g.add(g.input("x", "float32", ["length"]), 1));
  },
};
const x = float32Tensor([1], Float32Array.of(1));

// Elsewhere only opening a device tells whether there is a graphics card.
test.skipIf(process.platform !== "linux")("auto says what it took and why not others", async () => {
  vi.stubEnv("VK_DRIVER_FILES", "");
  const device = await createDevice("auto");
  expect(["cpu", "cuda"]).toContain(device.id);
  expect(device.reason).toMatch(new RegExp(`^${device.description} is the best that works.`));
  if (device.id === "cpu") expect(device.reason).toContain("WebGPU cannot be used here: no Vulkan");
  await device.dispose();
});

test("a device that was named gives no reason, and says how it runs", async () => {
  const device = await createDevice("cpu", { threads: 1, memoryBudget: 1e9 });
  expect(device.reason).toBeUndefined();
  expect(device.description).toBe("CPU, 1 thread");
  expect(device.memoryBudget).toBe(1e9);
  await device.dispose();
});

test.skipIf(process.platform !== "linux")("says why a device cannot be used", async () => {
  vi.stubEnv("VK_DRIVER_FILES", "/nowhere/driver.json");
  vi.stubEnv("VK_ICD_FILENAMES", "/nowhere/driver.json");
  await expect(createDevice("webgpu")).rejects.toMatchObject({
    code: "device/unavailable",
    message: expect.stringContaining("WebGPU cannot be used here"),
  });
});

async function sessionPrototype(): Promise<InferenceSession> {
  const device = await createDevice("cpu");
  const created = vi.spyOn(InferenceSession, "create");
  await device.run(increment, { x });
  const session = await created.mock.results[0]?.value;
  await device.dispose();
  return Object.getPrototypeOf(session);
}

test("tries once more with all other memory given back, then says that memory is short", async () => {
  const prototype = await sessionPrototype();
  const device = await createDevice("cpu");
  await device.run({ ...increment, key: "other" }, { x });
  const failure = new Error("Failed to allocate memory for requested buffer of size 9");
  const run = vi.spyOn(prototype, "run").mockRejectedValueOnce(failure);
  const { y } = await device.run(increment, { x });
  expect(await y?.read()).toEqual(Float32Array.of(2));
  const before = device.statistics().sessionsBuilt;
  await device.run({ ...increment, key: "other" }, { x });
  expect(device.statistics().sessionsBuilt).toBe(before + 1);
  run.mockRejectedValueOnce(failure).mockRejectedValueOnce(failure);
  await expect(device.run(increment, { x })).rejects.toMatchObject({
    code: "device/out-of-memory",
    remedy: expect.stringContaining("smaller tiles"),
  });
  expect(await (await device.run(increment, { x })).y?.read()).toEqual(Float32Array.of(2));
  await device.dispose();
});
