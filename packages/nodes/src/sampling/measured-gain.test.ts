import { createDevice, type Device, type Tensor } from "@diopter/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { metricsGain } from "../gain/index.js";
import { scoreLatent, scorePicture } from "../gain/scores.js";
import { loadVae } from "../model/index.js";
import { goldenPath } from "../test/golden-cases.js";
import { testContext } from "../test/run-context.js";
import { nothingWired, tinyDenoiser, wavyOriginal } from "../test/sampling-inputs.js";
import { sampleAdaptive } from "./sample-adaptive.js";

let device: Device;
beforeAll(async () => {
  device = await createDevice("cpu");
});
afterAll(() => device.dispose());

const weights = { psnr: 1, ssim: 0.5, nlpd: 1, gmsd: 2, niqe: 0.3, brisque: 1 };

test.each(["latents", "previews"] as const)(
  "gains by metrics on %s are tanh of the difference of the scores",
  async (on) => {
    const { vae } = await loadVae.run({}, { path: goldenPath("vae.safetensors") }, testContext());
    const { gain } = await metricsGain.run({ vae }, { on, ...weights }, testContext());
    const estimates: Float32Array[] = [];
    const pictures: Float32Array[] = [];
    const copyOf = async (tensor: Tensor) => Float32Array.from(await tensor.read(), Number);
    const observed: Device = {
      ...device,
      id: "cpu",
      description: "observed",
      run: async (program, inputs, options) => {
        const outputs = await device.run(program, inputs, options);
        if (outputs.clean !== undefined) estimates.push(await copyOf(outputs.clean));
        if (outputs.image !== undefined) pictures.push(await copyOf(outputs.image));
        return outputs;
      },
    };
    const [width, height] = [14, 12];
    const inputs = { ...nothingWired, policy: undefined, injection: undefined };
    const own = wavyOriginal(width, height);
    const context = testContext({ device: observed });
    const params = {
      steps: 3,
      seed: 1,
      tile: 32,
      overlap: 8,
      batch: 2,
      blend: "at the end",
    } as const;
    await sampleAdaptive.run(
      { ...inputs, denoiser: await tinyDenoiser(), gain, ...own },
      params,
      context,
    );
    const shown = context.told.previews.findLast(({ kind }) => kind === "tiles");
    const steps = shown?.kind === "tiles" ? (shown.tiles[0]?.steps ?? []) : [];
    const original = { data: await own.original.samples.read(), width, height };
    const [reference, ...decoded] = pictures.map((data) => ({
      data: data.map((value) => Math.min(Math.max(value, 0), 1)),
      width: 8 * width,
      height: 8 * height,
    }));
    const scores =
      on === "latents"
        ? estimates.map((data) => scoreLatent({ data, width, height }, original, weights))
        : decoded.map((picture) => scorePicture(picture, reference ?? picture, weights));
    expect(scores).toHaveLength(3);
    expect(steps[0]?.gain).toBeUndefined();
    for (const index of [1, 2]) {
      const [before, after] = [scores[index - 1], scores[index]];
      const told = steps[index]?.gain;
      if (before === undefined || after === undefined || told === undefined) expect.fail();
      for (const part of ["fullReference", "noReference"] as const) {
        expect(told[part]).toBeCloseTo(Math.tanh(after[part] - before[part]), 9);
      }
      expect(told.fullReference).not.toBe(0);
    }
  },
);
