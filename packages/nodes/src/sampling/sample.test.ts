import {
  createDevice,
  type DenoiserValue,
  type Device,
  float32Tensor,
  type ImageValue,
  type LatentValue,
  type ScheduleValue,
  type Tensor,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goldenTensor } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import {
  nothingWired,
  sampleDefaults,
  tinyDenoiser,
  wavyOriginal,
} from "../test/sampling-inputs.js";
import { sample } from "./sample.js";

const vulkanDriver = prepareSoftwareWebgpu();
const defaults = sampleDefaults;
const nothing = nothingWired;

let device: Device;
let shifting: DenoiserValue;
let preserving: DenoiserValue;
let original: LatentValue;
let picture: ImageValue;

beforeAll(async () => {
  device = await createDevice("cpu");
  shifting = await tinyDenoiser();
  preserving = {
    ...shifting,
    process: { kind: "scaled-linear", timesteps: 1000, betaStart: 0.00085, betaEnd: 0.012 },
  };
  original = { samples: await vector("latent"), space: "diopter", downscale: 8 };
  picture = { pixels: await vector("picture") };
});
afterAll(() => device.dispose());

const vector = (name: string) => goldenTensor("trajectories.safetensors", name);

async function maps(): Promise<ScheduleValue> {
  const all = await (await vector("maps")).read();
  const area = all.length / 5;
  const timesteps = [0, 1, 2, 3, 4].map((k) =>
    float32Tensor([1, 1, 6, 9], all.slice(k * area, (k + 1) * area)),
  );
  return { kind: "map", timesteps };
}

describe("the whole loop is PyTorch's, to 1e-4", () => {
  test("ResShift, and every step is told", async () => {
    const context = testContext({ device });
    const inputs = { ...nothing, denoiser: shifting, original, picture };
    const { latent } = await sample.run(inputs, defaults, context);
    expect(await largestDifference(latent.samples, await vector("residual-shift"))).toBeLessThan(
      1e-4,
    );
    expect(latent).toMatchObject({ space: "diopter", downscale: 8 });
    expect(context.told.progress).toEqual([
      "1/5 step",
      "2/5 step",
      "3/5 step",
      "4/5 step",
      "5/5 step",
    ]);
    expect(context.told.previews.map(({ kind }) => kind)).toEqual(new Array(5).fill("image"));
  });

  test("DDPM", async () => {
    const sampler = { kind: "ddpm", eta: 1 } as const;
    const inputs = { ...nothing, denoiser: preserving, original, picture, sampler };
    const { latent } = await sample.run(inputs, defaults, testContext({ device }));
    expect(await largestDifference(latent.samples, await vector("ddpm"))).toBeLessThan(1e-4);
  });

  test("with a timestep for every pixel", async () => {
    const schedule = await maps();
    const base = { ...nothing, original, picture, schedule };
    const shifted = await sample.run(
      { ...base, denoiser: shifting },
      defaults,
      testContext({ device }),
    );
    const expected = await vector("residual-shift map");
    expect(await largestDifference(shifted.latent.samples, expected)).toBeLessThan(1e-4);
    const sampler = { kind: "ddpm", eta: 1 } as const;
    const inputs = { ...base, denoiser: preserving, sampler };
    const preserved = await sample.run(inputs, defaults, testContext({ device }));
    expect(
      await largestDifference(preserved.latent.samples, await vector("ddpm map")),
    ).toBeLessThan(1e-4);
  });
});

test.skipIf(vulkanDriver === undefined)(
  "on WebGPU it is PyTorch's, to 1e-3",
  async () => {
    const webgpu = await createDevice("webgpu");
    try {
      const inputs = { ...nothing, denoiser: shifting, original, picture };
      const { latent } = await sample.run(inputs, defaults, testContext({ device: webgpu }));
      const expected = await vector("residual-shift");
      expect(await largestDifference(latent.samples, expected)).toBeLessThan(1e-3);
    } finally {
      await webgpu.dispose();
    }
  },
  90_000,
);

describe("sampling", () => {
  test("builds one session, whatever steps, rule and seed", async () => {
    const before = device.statistics().sessionsBuilt;
    const denoiser = { ...preserving, network: { ...preserving.network, key: "another" } };
    const inputs = { ...nothing, denoiser, original, picture };
    const run = (steps: number, kind: "ddim" | "ddpm" | "euler") =>
      sample.run(
        { ...inputs, sampler: { kind, eta: 0.5 } },
        { ...defaults, steps, seed: steps },
        testContext({ device }),
      );
    await run(3, "ddim");
    await run(4, "euler");
    await run(2, "ddpm");
    expect(device.statistics().sessionsBuilt - before).toBe(1);
  });

  test("Euler follows the same path as deterministic DDIM", async () => {
    const inputs = { ...nothing, denoiser: preserving, original, picture };
    const one = await sample.run(
      { ...inputs, sampler: { kind: "ddim", eta: 0 } },
      defaults,
      testContext({ device }),
    );
    const other = await sample.run(
      { ...inputs, sampler: { kind: "euler", eta: 0 } },
      defaults,
      testContext({ device }),
    );
    // Both end at x̂0; on the way Euler's state is DDIM's divided by √ᾱ, and starts a little apart.
    expect(await largestDifference(one.latent.samples, other.latent.samples)).toBeLessThan(0.05);
  });

  test("equal seeds give equal bytes, other seeds other pictures", async () => {
    const inputs = { ...nothing, denoiser: shifting, original, picture };
    const run = async (seed: number) => {
      const { latent } = await sample.run(inputs, { ...defaults, seed }, testContext({ device }));
      return latent.samples.read();
    };
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  test("a picture of a batch is sampled as it is alone", async () => {
    const both = wavyOriginal(8, 6, 2);
    const inputs = { ...nothing, denoiser: shifting };
    const { latent } = await sample.run({ ...inputs, ...both }, defaults, testContext({ device }));
    const cut = async ({ shape, read }: Tensor<"float32">) => {
      const data = await read();
      return float32Tensor([1, ...shape.slice(1)], data.slice(data.length / 2));
    };
    const second = {
      original: { ...original, samples: await cut(both.original.samples) },
      picture: { pixels: await cut(both.picture.pixels) },
    };
    const alone = await sample.run({ ...inputs, ...second }, defaults, testContext({ device }));
    expect(await largestDifference(await cut(latent.samples), alone.latent.samples)).toBe(0);
  });
});

describe("what does not fit is refused", () => {
  const ends = (timesteps: readonly number[]): ScheduleValue => ({ kind: "scalar", timesteps });

  test.each([
    [
      "a latent of another space",
      { original: { space: "elsewhere" } },
      "model/mismatch",
      "original",
    ],
    ["a missing picture", { picture: undefined }, "model/mismatch", "picture"],
    ["a schedule for another T", { schedule: ends([500, 0]) }, "node/invalid-value", "schedule"],
    [
      "a schedule that stops early",
      { schedule: ends([1000, 5]) },
      "node/invalid-value",
      "schedule",
    ],
    [
      "a schedule that rises",
      { schedule: ends([1000, 3, 4, 0]) },
      "node/invalid-value",
      "schedule",
    ],
    ["an empty schedule", { schedule: ends([1000]) }, "node/invalid-value", "schedule"],
    [
      "a sampler of another process",
      { sampler: { kind: "ddim", eta: 0 } as const },
      "model/mismatch",
      "sampler",
    ],
  ] as const)("%s", async (_name, change, code, port) => {
    const base = { ...nothing, denoiser: shifting, original, picture };
    const changed = {
      ...base,
      ...change,
      original: { ...original, ...("original" in change ? change.original : {}) },
    };
    const run = sample.run(changed, defaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code, port });
  });

  test("maps of another size", async () => {
    const inputs = {
      ...nothing,
      denoiser: shifting,
      ...wavyOriginal(8, 6),
      schedule: await maps(),
    };
    const run = sample.run(inputs, defaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code: "node/invalid-value", port: "schedule" });
  });

  test("a picture of another size is resampled, with a note", async () => {
    const context = testContext({ device });
    const small = { pixels: float32Tensor([1, 3, 5, 7], new Float32Array(105).fill(0.5)) };
    const inputs = { ...nothing, denoiser: shifting, original, picture: small };
    await sample.run(inputs, defaults, context);
    expect(context.told.notes[0]).toContain("18×12");
  });
});
