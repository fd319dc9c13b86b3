import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDevice, type DenoiserValue, type Device, FileStates } from "@diopter/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import {
  nothingWired,
  sampleDefaults,
  tinyDenoiser,
  wavyOriginal,
} from "../test/sampling-inputs.js";
import { sample } from "./sample.js";

const folder = mkdtempSync(join(tmpdir(), "diopter-resume-"));
let device: Device;
let denoiser: DenoiserValue;
beforeAll(async () => {
  device = await createDevice("cpu");
  denoiser = await tinyDenoiser();
});
afterAll(async () => {
  await device.dispose();
  rmSync(folder, { recursive: true });
});

type Params = Parameters<typeof sample.run>[1];
const cases: readonly (readonly [string, Partial<Params>, number])[] = [
  ["the whole picture", {}, 1],
  ["tiles that are blended at every step", { tile: 16, overlap: 4 }, 1],
  ["tiles that are merged at the end", { tile: 16, overlap: 4, blend: "at the end" }, 1],
  ["the second picture of a batch", {}, 2],
];

test.each(cases)(
  "goes on where it was cut off, with the same bytes: %s",
  async (name, rest, batch) => {
    const inputs = { ...nothingWired, denoiser, ...wavyOriginal(40, 12, batch) };
    const params = { ...sampleDefaults, ...rest };
    const undisturbed = testContext({ device });
    const expected = await sample.run(inputs, params, undisturbed);
    const all = device.statistics().runs;

    /** A run that dies, as a killed process does or in good order, once so much is done. */
    const runUntil = async (dies: number, inGoodOrder: boolean, key: string) => {
      const seconds = inGoodOrder ? 1e6 : 0;
      const states = await FileStates.open({ folder, maxBytes: 1e9, seconds });
      const abort = new AbortController();
      const context = testContext({ device, signal: abort.signal });
      let told = 0;
      const progress = () => {
        told += 1;
        if (told !== dies) return;
        if (inGoodOrder) abort.abort();
        else throw new Error("killed");
      };
      return sample.run(inputs, params, { ...context, progress, state: states.of(key) });
    };

    for (const inGoodOrder of [true, false]) {
      const key = `${name} ${inGoodOrder}`;
      const half = Math.ceil(undisturbed.told.progress.length * 0.6);
      await expect(runUntil(half, inGoodOrder, key)).rejects.toThrow();
      const before = device.statistics().runs;
      const { latent } = await runUntil(-1, false, key);
      expect(await latent.samples.read()).toEqual(await expected.latent.samples.read());
      expect(device.statistics().runs - before).toBeLessThan(all);
    }
  },
);
