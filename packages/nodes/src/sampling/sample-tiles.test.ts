import { createDevice, type DenoiserValue, type Device, DiopterError } from "@diopter/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import {
  nothingWired,
  sampleDefaults,
  tinyDenoiser,
  wavyOriginal,
} from "../test/sampling-inputs.js";
import { sample } from "./sample.js";

const defaults = sampleDefaults;
const nothing = nothingWired;

let device: Device;
let shifting: DenoiserValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  shifting = await tinyDenoiser();
});
afterAll(() => device.dispose());

describe("tiles", () => {
  test("blended at every step differ from the whole by less than 0.01", async () => {
    const inputs = { ...nothing, denoiser: shifting, ...wavyOriginal(60, 40) };
    const whole = await sample.run(inputs, defaults, testContext({ device }));
    const params = { ...defaults, tile: 32, overlap: 16 };
    const tiled = await sample.run(inputs, params, testContext({ device }));
    expect(await largestDifference(tiled.latent.samples, whole.latent.samples)).toBeLessThan(0.01);
  });

  test("merged at the end are whole trajectories, told tile by tile", async () => {
    const inputs = { ...nothing, denoiser: shifting, ...wavyOriginal(60, 20) };
    const params = { ...defaults, tile: 32, overlap: 16, blend: "at the end" } as const;
    const context = testContext({ device });
    const { latent } = await sample.run(inputs, params, context);
    expect(context.told.progress).toEqual(["1/3 tile", "2/3 tile", "3/3 tile"]);
    const whole = await sample.run(inputs, defaults, testContext({ device }));
    expect(await largestDifference(latent.samples, whole.latent.samples)).toBeLessThan(0.5);
  });

  test("shrink in the middle of a loop where memory does not suffice", async () => {
    const inputs = { ...nothing, denoiser: shifting, ...wavyOriginal(40, 24) };
    let runs = 0;
    const failing: Device = {
      ...device,
      id: "cpu",
      description: "A small device",
      run: async (program, tensors, options) => {
        runs += 1;
        const size = tensors.sample?.byteLength ?? 0;
        if (runs > 2 && size > 4 * 4 * 20 * 24) {
          throw new DiopterError("device/out-of-memory", { message: "Full.", remedy: "Less." });
        }
        return device.run(program, tensors, options);
      },
      trim: async () => {},
    };
    const context = testContext({ device: failing });
    const { latent } = await sample.run(inputs, { ...defaults, tile: 40, overlap: 12 }, context);
    const whole = await sample.run(inputs, defaults, testContext({ device }));
    expect(context.told.notes).toHaveLength(1);
    const steps = context.told.progress.filter((said) => !said.includes("tile"));
    expect(steps).toEqual(["1/5 step", "2/5 step", "3/5 step", "4/5 step", "5/5 step"]);
    // The first step went tile by tile, and the tiles of each are counted from one again.
    const tiles = context.told.progress.filter((said) => said.startsWith("4/5 step, "));
    expect(tiles.map((said) => said.split(" ")[2])).toEqual(
      tiles.map((_, index) => `${index + 1}/${tiles.length}`),
    );
    expect(tiles.length).toBeGreaterThan(1);
    expect(await largestDifference(latent.samples, whole.latent.samples)).toBeLessThan(0.05);
  });

  test("cancelling stops between steps", async () => {
    const abort = new AbortController();
    const context = testContext({ device, signal: abort.signal });
    const progress = (done: number) => {
      if (done === 2) abort.abort();
    };
    const inputs = { ...nothing, denoiser: shifting, ...wavyOriginal(8, 6) };
    const before = device.statistics().runs;
    const run = sample.run(inputs, defaults, { ...context, progress });
    await expect(run).rejects.toMatchObject({ code: "run/cancelled" });
    expect(device.statistics().runs - before).toBe(2);
  });
});
