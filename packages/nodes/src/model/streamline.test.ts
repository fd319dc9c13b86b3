import {
  createDevice,
  type DenoiserValue,
  type Device,
  float32Tensor,
  gaussianNoise,
  moduleProgram,
  type Tensor,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import { loadDenoiser } from "./load-denoiser.js";
import { streamline } from "./streamline.js";

const vulkanDriver = prepareSoftwareWebgpu();
const [width, height] = [9, 7];

const load = async (path: string, mask = ""): Promise<DenoiserValue> =>
  (await loadDenoiser.run({}, { path, mask }, testContext())).denoiser;

const features = (channels: number, step: number): Tensor<"float32"> => {
  const region = { x: 0, y: 0, width, height };
  const data = gaussianNoise({ seed: 3, step, channels, region });
  return float32Tensor([1, channels, height, width], data);
};

async function answer(denoiser: DenoiserValue, timestep: number, device: Device): Promise<Tensor> {
  const program = moduleProgram(denoiser.network, {
    sample: [1, denoiser.channels, height, width],
    timestep: [1, 1, 1, 1],
    original: [1, denoiser.originalChannels, height, width],
  });
  const { prediction } = await device.run(program, {
    sample: features(denoiser.channels, 1),
    timestep: float32Tensor([1, 1, 1, 1], Float32Array.of(timestep)),
    original: features(denoiser.originalChannels, 2),
  });
  if (prediction === undefined) throw new Error("The network gave nothing.");
  return prediction;
}

describe.each([
  { id: "cpu", tolerance: 1e-5, missing: false },
  { id: "webgpu", tolerance: 1e-3, missing: vulkanDriver === undefined },
] as const)("model/streamline on $id", ({ id, tolerance, missing }) => {
  let device: Device;
  beforeAll(async () => {
    if (!missing) device = await createDevice(id);
  });
  afterAll(() => device?.dispose());
  const run = async (denoiser: DenoiserValue, timestep: number) =>
    (await streamline.run({ denoiser }, { timestep }, testContext({ device }))).denoiser;

  // The shipped weights on the CPU alone: a software WebGPU takes long over them.
  test.skipIf(missing).each([
    { path: goldenPath("denoiser.safetensors"), mask: "101", timestep: 1000 },
    ...(id === "cpu"
      ? [
          { path: "denoiser", mask: "", timestep: 1000 },
          { path: "denoiser", mask: "", timestep: 431.5 },
          { path: "denoiser", mask: "11010000000001", timestep: 1000 },
        ]
      : []),
  ])("equals $path $mask at $timestep", async ({ path, mask, timestep }) => {
    const whole = await load(path, mask);
    const fixed = await run(whole, timestep === 1000 ? 0 : timestep);
    const expected = await answer(whole, timestep, device);
    // It no longer looks at the timestep that it is given.
    const actual = await answer(fixed, 7, device);
    expect(await largestDifference(actual, expected)).toBeLessThan(tolerance);
    expect(fixed.fixed).toEqual({ timestep, noise: 1 });
  });
});

describe("model/streamline", () => {
  let device: Device;
  beforeAll(async () => {
    device = await createDevice("cpu");
  });
  afterAll(() => device.dispose());
  const run = async (denoiser: DenoiserValue, timestep = 0) =>
    (await streamline.run({ denoiser }, { timestep }, testContext({ device }))).denoiser;

  test("counts what is left: no time modules, modulations as numbers", async () => {
    const whole = await load(goldenPath("denoiser.safetensors"));
    const fixed = await run(whole);
    const [model, time, frequencies, blocks] = [16, 24, 32, 3];
    const timeModules = (frequencies + 1) * time + (time + 1) * time;
    const chunks = 6 * blocks + 2;
    const modulations = (time + 1) * chunks * model;
    expect(whole.parameters - fixed.parameters).toBe(timeModules + modulations - chunks * model);
    expect(fixed.network.key).not.toBe(whole.network.key);
    expect(fixed.network.key).not.toBe((await run(whole, 500)).network.key);
  });

  test("refuses what is streamlined already, and timesteps beyond the last", async () => {
    const whole = await load(goldenPath("denoiser.safetensors"));
    await expect(run(await run(whole))).rejects.toMatchObject({ code: "model/mismatch" });
    const student = await load(goldenPath("denoiser-fixed.safetensors"));
    await expect(run(student)).rejects.toMatchObject({ code: "model/mismatch", port: "denoiser" });
    await expect(run(whole, 1001)).rejects.toMatchObject({
      code: "node/invalid-value",
      port: "timestep",
    });
  });
});
