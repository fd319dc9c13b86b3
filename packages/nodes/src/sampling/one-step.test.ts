import {
  createDevice,
  type DenoiserValue,
  type Device,
  float32Tensor,
  gaussianNoise,
  type LatentValue,
} from "@diopter/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDenoiser } from "../model/load-denoiser.js";
import { streamline } from "../model/streamline.js";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import { oneStep } from "./one-step.js";
import { sample } from "./sample.js";
import { sampleAdaptive } from "./sample-adaptive.js";

const [width, height] = [12, 10];
const region = { x: 0, y: 0, width, height };
const tiles = { tile: 192, overlap: 32 };

const original: LatentValue = {
  samples: float32Tensor(
    [1, 4, height, width],
    gaussianNoise({ seed: 9, step: 0, channels: 4, region }),
  ),
  space: "diopter",
  downscale: 8,
};

const picture = {
  pixels: float32Tensor(
    [1, 3, 2 * height, 2 * width],
    Float32Array.from({ length: 12 * width * height }, (_, place) => ((place * 37) % 101) / 101),
  ),
};

describe("sampling/one-step", () => {
  let device: Device;
  beforeAll(async () => {
    device = await createDevice("cpu");
  });
  afterAll(() => device.dispose());

  const load = async (name: string, mask = ""): Promise<DenoiserValue> =>
    (await loadDenoiser.run({}, { path: goldenPath(name), mask }, testContext())).denoiser;
  const streamlined = async (denoiser: DenoiserValue, timestep = 0) =>
    (await streamline.run({ denoiser }, { timestep }, testContext({ device }))).denoiser;
  const restore = async (denoiser: DenoiserValue, seed = 5, options = tiles) => {
    const inputs = { denoiser, original, picture };
    return (await oneStep.run(inputs, { seed, ...options }, testContext({ device }))).latent;
  };
  const sampled = async (denoiser: DenoiserValue, steps: number) => {
    const inputs = { denoiser, original, picture, schedule: undefined, sampler: undefined };
    const params = { steps, seed: 5, ...tiles, blend: "every step" as const };
    return (await sample.run(inputs, params, testContext({ device }))).latent;
  };

  test("is one step of the sampler", async () => {
    const denoiser = await load("denoiser.safetensors");
    const [one, other] = [await restore(denoiser), await sampled(denoiser, 1)];
    expect(await largestDifference(one.samples, other.samples)).toBeLessThan(1e-5);
  });

  test("gives the same with the denoiser streamlined at T", async () => {
    const denoiser = await load("denoiser.safetensors");
    const [whole, fixed] = [await restore(denoiser), await restore(await streamlined(denoiser))];
    expect(await largestDifference(fixed.samples, whole.samples)).toBeLessThan(1e-5);
  });

  test("begins without noise where the student does, so that seeds do not matter", async () => {
    const student = await load("denoiser-fixed.safetensors");
    const denoiser = await load("denoiser.safetensors", "101");
    const [first, second] = [await restore(student, 1), await restore(student, 2)];
    expect(await largestDifference(first.samples, second.samples)).toBe(0);
    // The student is this model streamlined; with noise it would not be far, but not this near.
    const noiseless = { ...(await streamlined(denoiser)), fixed: { timestep: 1000, noise: 0 } };
    const expected = await restore(noiseless);
    expect(await largestDifference(first.samples, expected.samples)).toBeLessThan(1e-5);
    const noisy = await restore(denoiser);
    expect(await largestDifference(first.samples, noisy.samples)).toBeGreaterThan(0.01);
  });

  test("takes a large latent in tiles", async () => {
    const student = await load("denoiser-fixed.safetensors");
    const runsOf = async (tile: number) => {
      const before = device.statistics().runs;
      await restore(student, 0, { tile, overlap: 4 });
      return device.statistics().runs - before;
    };
    expect(await runsOf(192)).toBe(1);
    // Two a side: 12 and 10 elements, 8 at a time, of which 4 are shared.
    expect(await runsOf(8)).toBe(4);
  });

  test("several steps, and a start at another timestep, are refused", async () => {
    const student = await load("denoiser-fixed.safetensors");
    expect((await sampled(student, 1)).samples.shape).toEqual([1, 4, height, width]);
    const refusal = { code: "model/mismatch", port: "denoiser" };
    await expect(sampled(student, 2)).rejects.toMatchObject(refusal);
    const parts = { gain: undefined, policy: undefined, injection: undefined };
    const wires = { denoiser: student, original, picture, schedule: undefined, sampler: undefined };
    const options = { steps: 2, seed: 5, tile: 32, overlap: 8, batch: 4 };
    const adaptive = sampleAdaptive.run(
      { ...wires, ...parts },
      { ...options, blend: "at the end" },
      testContext({ device }),
    );
    await expect(adaptive).rejects.toMatchObject(refusal);
    const elsewhere = await streamlined(await load("denoiser.safetensors"), 500);
    await expect(restore(elsewhere)).rejects.toMatchObject(refusal);
  });
});
