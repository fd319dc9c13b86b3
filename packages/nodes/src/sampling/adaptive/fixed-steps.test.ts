import { createDevice, type DenoiserValue, type Device, type LoopPartValue } from "@diopter/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pfj } from "../../injection/index.js";
import {
  adaptiveDefaults,
  brighten,
  dynamicPolicy,
  nothingAdaptive,
  tinyGain,
} from "../../test/adaptive-inputs.js";
import { goldenPath } from "../../test/golden-cases.js";
import { largestDifference } from "../../test/largest-difference.js";
import { testContext } from "../../test/run-context.js";
import { sampleDefaults, tinyDenoiser, wavyOriginal } from "../../test/sampling-inputs.js";
import { sample } from "../sample.js";
import { sampleAdaptive } from "../sample-adaptive.js";

let device: Device;
let denoiser: DenoiserValue;
let gain: LoopPartValue;
let policy: LoopPartValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  [denoiser, gain, policy] = [await tinyDenoiser(), await tinyGain(), await dynamicPolicy()];
});
afterAll(() => device.dispose());

describe("without a policy it is the sampler of fixed steps", () => {
  test("on one tile, to 1e-5", async () => {
    const inputs = { ...nothingAdaptive, denoiser, ...wavyOriginal(12, 10) };
    const adaptive = await sampleAdaptive.run(inputs, adaptiveDefaults, testContext({ device }));
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
    const inputs = { ...nothingAdaptive, denoiser, ...wavyOriginal(30, 20) };
    const tiles = { tile: 16, overlap: 8, blend };
    const adaptive = await sampleAdaptive.run(
      inputs,
      { ...adaptiveDefaults, ...tiles },
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
    const policy = await dynamicPolicy({ ...intervals, leaveEarly: false });
    const inputs = { ...nothingAdaptive, denoiser, ...wavyOriginal(30, 20) };
    const adaptive = await sampleAdaptive.run(
      { ...inputs, gain, policy },
      adaptiveDefaults,
      testContext({ device }),
    );
    const fixed = await sampleAdaptive.run(inputs, adaptiveDefaults, testContext({ device }));
    expect(await largestDifference(adaptive.latent.samples, fixed.latent.samples)).toBeLessThan(
      1e-5,
    );
  });
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
    const inputs = {
      ...nothingAdaptive,
      denoiser,
      gain,
      policy,
      ...wavyOriginal(12, 10),
      ...change,
    };
    const run = sampleAdaptive.run(inputs, adaptiveDefaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code, port });
  });

  test("an injection for another denoiser", async () => {
    const path = goldenPath("injection-pfj.safetensors");
    const { injection } = await pfj.run({}, { path }, testContext());
    const inputs = { ...nothingAdaptive, denoiser, gain, injection, ...wavyOriginal(12, 10) };
    const run = sampleAdaptive.run(inputs, adaptiveDefaults, testContext({ device }));
    await expect(run).rejects.toMatchObject({ code: "model/mismatch", port: "injection" });
  });
});
