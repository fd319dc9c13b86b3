import {
  createDevice,
  type DenoiserValue,
  type Device,
  DiopterError,
  type LoopPartValue,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mmle } from "../gain/index.js";
import { pfj } from "../injection/index.js";
import { goldenPath } from "../test/golden-cases.js";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import {
  nothingWired,
  sampleDefaults,
  tinyDenoiser,
  wavyOriginal,
} from "../test/sampling-inputs.js";
import { dtss } from "./dtss.js";
import { sample } from "./sample.js";
import { sampleAdaptive } from "./sample-adaptive.js";

const vulkanDriver = prepareSoftwareWebgpu();
const defaults = {
  steps: 5,
  seed: 7,
  tile: 16,
  overlap: 8,
  batch: 4,
  blend: "at the end",
} as const;
const nothing = { ...nothingWired, gain: undefined, policy: undefined, injection: undefined };

let device: Device;
let denoiser: DenoiserValue;
let gain: LoopPartValue;
let policy: LoopPartValue;

/** Brightens what the denoiser sees of the original by the gain. */
const brighten: LoopPartValue = {
  kind: "pfj",
  key: "brighten",
  options: { channels: 16 },
  modules: {
    injection: {
      key: "brighten",
      build: (g, { original, gain }) =>
        original && gain
          ? { injected: g.add(original, g.reduceMean(gain, { axes: 1 })) }
          : expect.fail(),
    },
  },
};

beforeAll(async () => {
  device = await createDevice("cpu");
  denoiser = await tinyDenoiser();
  const context = testContext();
  ({ gain } = await mmle.run({}, { path: goldenPath("gain.safetensors") }, context));
  const params = { threshold: 0.005, growing: 50, mixed: 100, stable: 150, still: 200 };
  ({ policy } = await dtss.run({}, { ...params, start: 1000, leaveEarly: true }, context));
});
afterAll(() => device.dispose());

describe("without a policy it is the sampler of fixed steps", () => {
  test("on one tile, to 1e-5", async () => {
    const inputs = { ...nothing, denoiser, ...wavyOriginal(12, 10) };
    const adaptive = await sampleAdaptive.run(inputs, defaults, testContext({ device }));
    const fixed = await sample.run(inputs, sampleDefaults, testContext({ device }));
    expect(await largestDifference(adaptive.latent.samples, fixed.latent.samples)).toBeLessThan(
      1e-5,
    );
    expect(adaptive.evaluations).toEqual({
      tiles: 1,
      evaluations: 5,
      evaluationsMean: 5,
      evaluationsMin: 5,
      evaluationsMax: 5,
      leftEarly: 0,
    });
  });

  test.each(["at the end", "every step"] as const)("on tiles merged %s, to 1e-5", async (blend) => {
    const inputs = { ...nothing, denoiser, ...wavyOriginal(30, 20) };
    const tiles = { tile: 16, overlap: 8, blend };
    const adaptive = await sampleAdaptive.run(
      inputs,
      { ...defaults, ...tiles },
      testContext({ device }),
    );
    const fixed = await sample.run(
      inputs,
      { ...sampleDefaults, ...tiles },
      testContext({ device }),
    );
    expect(await largestDifference(adaptive.latent.samples, fixed.latent.samples)).toBeLessThan(
      1e-5,
    );
  });

  test("a policy of equal intervals takes the same steps", async () => {
    const intervals = { growing: 200, mixed: 200, stable: 200, still: 200 };
    const equal = await dtss.run(
      {},
      { threshold: 0.005, ...intervals, start: 1000, leaveEarly: false },
      testContext(),
    );
    const inputs = { ...nothing, denoiser, ...wavyOriginal(30, 20) };
    const adaptive = await sampleAdaptive.run(
      { ...inputs, gain, ...equal },
      defaults,
      testContext({ device }),
    );
    const fixed = await sampleAdaptive.run(inputs, defaults, testContext({ device }));
    expect(await largestDifference(adaptive.latent.samples, fixed.latent.samples)).toBeLessThan(
      1e-5,
    );
  });
});

describe("with policy, gain and injection", () => {
  const wired = () => ({
    ...nothing,
    denoiser,
    gain,
    policy,
    injection: brighten,
    ...wavyOriginal(40, 24),
  });

  test.each([1, 3, 16])("batches of %d tiles give the same latent and ways", async (batch) => {
    const [one, other] = [testContext({ device }), testContext({ device })];
    const several = await sampleAdaptive.run(wired(), { ...defaults, batch }, one);
    const usual = await sampleAdaptive.run(wired(), defaults, other);
    expect(await largestDifference(several.latent.samples, usual.latent.samples)).toBeLessThan(
      1e-6,
    );
    expect(several.evaluations).toEqual(usual.evaluations);
    expect(one.told.notes).toEqual(other.told.notes);
  });

  test("blending at every step too does not depend on the batch", async () => {
    const run = async (batch: number) => {
      const params = { ...defaults, batch, blend: "every step" } as const;
      return (await sampleAdaptive.run(wired(), params, testContext({ device }))).latent.samples;
    };
    expect(await largestDifference(await run(2), await run(16))).toBeLessThan(1e-6);
  });

  test("tells evaluations done and to come, and shows every tile's way", async () => {
    const context = testContext({ device });
    const { evaluations } = await sampleAdaptive.run(wired(), defaults, context);
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
      defaults,
      testContext({ device }),
    );
    const injected = await sampleAdaptive.run(wired(), defaults, testContext({ device }));
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
      defaults,
      testContext({ device }),
    );
    const unmoved = await sampleAdaptive.run(
      { ...fixed, gain: silent },
      defaults,
      testContext({ device }),
    );
    const { samples } = plain.latent;
    expect(await largestDifference(injected.latent.samples, samples)).toBeGreaterThan(1e-4);
    const difference = await largestDifference(unmoved.latent.samples, without.latent.samples);
    expect(difference).toBeLessThan(1e-6);
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
    const { latent } = await sampleAdaptive.run(wired(), { ...defaults, batch: 2 }, context);
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
    const run = sampleAdaptive.run(wired(), defaults, { ...context, progress });
    await expect(run).rejects.toMatchObject({ code: "run/cancelled" });
    expect(device.statistics().runs - before).toBe(2);
  });

  test.skipIf(vulkanDriver === undefined)(
    "on WebGPU a run of the network gives what it gives on the CPU, to 1e-3",
    async () => {
      const webgpu = await createDevice("webgpu");
      try {
        const inputs = { ...wired(), ...wavyOriginal(16, 16), policy: undefined };
        const params = { ...defaults, steps: 3 };
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

describe("what does not fit is refused", () => {
  test.each([
    ["a policy without a gain", { gain: undefined }, "document/missing-input", "policy"],
    [
      "an injection without a gain",
      { gain: undefined, policy: undefined, injection: brighten },
      "document/missing-input",
      "injection",
    ],
    [
      "a policy and a schedule",
      { schedule: { kind: "scalar", timesteps: [1000, 0] } as const },
      "node/invalid-value",
      "schedule",
    ],
    [
      "a schedule that starts late",
      { policy: undefined, schedule: { kind: "scalar", timesteps: [500, 0] } as const },
      "node/invalid-value",
      "schedule",
    ],
    [
      "a policy of another kind",
      { policy: { kind: "other", key: "other", modules: {}, options: {} } },
      "node/invalid-value",
      "policy",
    ],
  ] as const)("%s", async (_name, change, code, port) => {
    const inputs = { ...nothing, denoiser, gain, policy, ...wavyOriginal(12, 10), ...change };
    const run = sampleAdaptive.run(inputs, defaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code, port });
  });

  test("an injection for another denoiser", async () => {
    const path = goldenPath("injection-pfj.safetensors");
    const { injection } = await pfj.run({}, { path }, testContext());
    const inputs = { ...nothing, denoiser, gain, injection, ...wavyOriginal(12, 10) };
    const run = sampleAdaptive.run(inputs, defaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code: "model/mismatch", port: "injection" });
  });
});
