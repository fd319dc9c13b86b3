import {
  createDevice,
  type DenoiserValue,
  type Device,
  DiopterError,
  type LoopPartValue,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  adaptiveDefaults,
  brighten,
  dynamicPolicy,
  nothingAdaptive,
  tinyGain,
} from "../test/adaptive-inputs.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import { tinyDenoiser, wavyOriginal } from "../test/sampling-inputs.js";
import { isSamplingStep } from "./loop/step-program.js";
import { sampleAdaptive } from "./sample-adaptive.js";

const vulkanDriver = prepareSoftwareWebgpu();

let device: Device;
let denoiser: DenoiserValue;
let gain: LoopPartValue;
let policy: LoopPartValue;

/** The same modules under another key. */
const renamed = ({ modules }: LoopPartValue, key: string): LoopPartValue["modules"] =>
  Object.fromEntries(Object.entries(modules).map(([name, part]) => [name, { ...part, key }]));

beforeAll(async () => {
  device = await createDevice("cpu");
  [denoiser, gain, policy] = [await tinyDenoiser(), await tinyGain(), await dynamicPolicy()];
});
afterAll(() => device.dispose());

describe("with policy, gain and injection", () => {
  const wired = () => ({
    ...nothingAdaptive,
    denoiser,
    gain,
    policy,
    injection: brighten,
    ...wavyOriginal(40, 24),
  });

  test.each([1, 3, 16])("batches of %d tiles give the same latent and ways", async (batch) => {
    const [one, other] = [testContext({ device }), testContext({ device })];
    const several = await sampleAdaptive.run(wired(), { ...adaptiveDefaults, batch }, one);
    const usual = await sampleAdaptive.run(wired(), adaptiveDefaults, other);
    expect(await largestDifference(several.latent.samples, usual.latent.samples)).toBeLessThan(
      1e-6,
    );
    expect(several.evaluations).toEqual(usual.evaluations);
    expect(one.told.notes).toEqual(other.told.notes);
  });

  test("blending at every step too does not depend on the batch", async () => {
    const run = async (batch: number) => {
      const params = { ...adaptiveDefaults, batch, blend: "every step" } as const;
      return (await sampleAdaptive.run(wired(), params, testContext({ device }))).latent.samples;
    };
    expect(await largestDifference(await run(2), await run(16))).toBeLessThan(1e-6);
  });

  test("tells evaluations done and to come, and shows every tile's way", async () => {
    const context = testContext({ device });
    const { evaluations } = await sampleAdaptive.run(wired(), adaptiveDefaults, context);
    const counts = context.told.progress.map((text) => text.split(/[/ ]/).map(Number));
    const shares = counts.map(([done = 0, total = 1]) => done / total);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(counts.at(-1)?.slice(0, 2)).toEqual([evaluations.evaluations, evaluations.evaluations]);
    const shown = context.told.previews.findLast(({ kind }) => kind === "tiles");
    if (shown?.kind !== "tiles") expect.fail();
    expect(shown.layout).toMatchObject({ width: 40, height: 24, tileWidth: 16, overlap: 8 });
    expect(shown.tiles).toHaveLength(8);
    expect(shown.tiles.every(({ finished }) => finished)).toBe(true);
    const steps = shown.tiles.map((tile) => tile.steps.length);
    expect(steps.reduce((sum, count) => sum + count, 0)).toBe(evaluations.evaluations);
    for (const tile of shown.tiles) {
      expect(tile.steps[0]).toMatchObject({ from: 1000, to: 950, category: "growing" });
      expect(tile.steps.slice(1).every((step) => step.gain !== undefined)).toBe(true);
      expect(JSON.parse(JSON.stringify(tile.steps))).toEqual(tile.steps);
    }
    expect(context.told.notes[0]).toMatch(/^8 tiles took \d+ network evaluations/);
  });

  test("the injection changes the result; without gains it would not", async () => {
    const plain = await sampleAdaptive.run(
      { ...wired(), injection: undefined },
      adaptiveDefaults,
      testContext({ device }),
    );
    const injected = await sampleAdaptive.run(wired(), adaptiveDefaults, testContext({ device }));
    const silent: LoopPartValue = {
      ...gain,
      modules: {
        gain: {
          key: "silent",
          build: (g, { clean }) =>
            clean
              ? {
                  gain: g.concat(
                    [0, 1].map(() => g.mul(g.reduceMean(clean, { axes: [1, 2, 3] }), 0)),
                    1,
                  ),
                }
              : expect.fail(),
        },
      },
    };
    const fixed = { ...wired(), policy: undefined };
    const without = await sampleAdaptive.run(
      { ...fixed, injection: undefined },
      adaptiveDefaults,
      testContext({ device }),
    );
    const unmoved = await sampleAdaptive.run(
      { ...fixed, gain: silent },
      adaptiveDefaults,
      testContext({ device }),
    );
    const { samples } = plain.latent;
    expect(await largestDifference(injected.latent.samples, samples)).toBeGreaterThan(1e-4);
    const difference = await largestDifference(unmoved.latent.samples, without.latent.samples);
    expect(difference).toBeLessThan(1e-6);
  });

  test("one session serves every policy and batch, and counts as a sampling step", async () => {
    const own = { ...wired(), injection: { ...brighten, modules: renamed(brighten, "other") } };
    const before = device.statistics().sessionsBuilt;
    const keys = new Set<string>();
    const observed: Device = {
      ...device,
      id: "cpu",
      description: "observed",
      run: (program, inputs, options) => {
        if (isSamplingStep(program)) keys.add(program.key);
        return device.run(program, inputs, options);
      },
    };
    for (const batch of [1, 3]) {
      const context = testContext({ device: observed });
      await sampleAdaptive.run(own, { ...adaptiveDefaults, batch }, context);
      await sampleAdaptive.run(
        { ...own, policy: undefined },
        { ...adaptiveDefaults, batch },
        context,
      );
    }
    expect(device.statistics().sessionsBuilt - before).toBe(1);
    expect(keys.size).toBe(1);
  });

  test("smaller tiles where memory does not suffice for one", async () => {
    const small: Device = {
      ...device,
      id: "cpu",
      description: "A small device",
      run: async (program, tensors, options) => {
        const area = (tensors.sample?.shape[2] ?? 1) * (tensors.sample?.shape[3] ?? 1);
        if (area > 100) {
          throw new DiopterError("device/out-of-memory", { message: "Full.", remedy: "Less." });
        }
        return device.run(program, tensors, options);
      },
      trim: async () => {},
    };
    const context = testContext({ device: small });
    const { latent } = await sampleAdaptive.run(
      wired(),
      { ...adaptiveDefaults, batch: 2 },
      context,
    );
    expect(latent.samples.shape).toEqual([1, 4, 24, 40]);
    expect(context.told.notes.slice(0, 2)).toEqual([
      "A small device ran out of memory with 2 tiles at once; 1 are used.",
      "A small device ran out of memory with tiles of 16 latent elements; tiles of 8 are used.",
    ]);
  });

  test("cancelling stops between runs of the network", async () => {
    const abort = new AbortController();
    const context = testContext({ device, signal: abort.signal });
    const before = device.statistics().runs;
    const progress = () => {
      if (device.statistics().runs - before === 2) abort.abort();
    };
    const run = sampleAdaptive.run(wired(), adaptiveDefaults, { ...context, progress });
    await expect(run).rejects.toMatchObject({ code: "run/cancelled" });
    expect(device.statistics().runs - before).toBe(2);
  });

  test.skipIf(vulkanDriver === undefined)(
    "on WebGPU a run of the network gives what it gives on the CPU, to 1e-3",
    async () => {
      const webgpu = await createDevice("webgpu");
      try {
        const inputs = { ...wired(), ...wavyOriginal(16, 16), policy: undefined };
        const params = { ...adaptiveDefaults, steps: 3 };
        const one = await sampleAdaptive.run(inputs, params, testContext({ device: webgpu }));
        const other = await sampleAdaptive.run(inputs, params, testContext({ device }));
        const difference = await largestDifference(one.latent.samples, other.latent.samples);
        expect(difference).toBeLessThan(1e-3);
      } finally {
        await webgpu.dispose();
      }
    },
    90_000,
  );
});
