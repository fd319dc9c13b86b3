import {
  createDevice,
  type DenoiserValue,
  type Device,
  type DiffusionProcess,
  type ScheduleValue,
} from "@diopter/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { nothingWired, sampleDefaults, wavyOriginal } from "../test/sampling-inputs.js";
import { sdsDefaults, varianceOf } from "../test/variance-map.js";
import { sample } from "./sample.js";
import { sdsSchedule } from "./sds-schedule.js";

const [width, height, channels] = [4, 3, 4];

let device: Device;
beforeAll(async () => {
  device = await createDevice("cpu");
});
afterAll(() => device.dispose());

/** Looks at nothing but the element itself and its own timestep, so that pixels stay apart. */
function pixelwise(process: DiffusionProcess): DenoiserValue {
  return {
    name: "pixelwise",
    space: "diopter",
    channels,
    originalChannels: channels,
    process,
    prediction: "x0",
    parameters: 0,
    network: {
      key: "pixelwise",
      build: (g, { sample: state, timestep, original }) => {
        if (state === undefined || timestep === undefined || original === undefined) return {};
        const late = g.sub(1, g.mul(timestep, 1e-3));
        return { prediction: g.tanh(g.add(g.mul(state, late), g.mul(original, 0.5))) };
      },
    },
  };
}

const preserving = {
  kind: "scaled-linear",
  timesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
} as const;
const shifting = {
  kind: "residual-shift",
  timesteps: 1000,
  kappa: 1,
  minNoise: 0.04,
  power: 0.3,
} as const;

test.each([
  ["ddim", preserving],
  ["ddpm", preserving],
  ["euler", preserving],
  ["residual-shift", shifting],
] as const)("%s takes each pixel along its own schedule, to 1e-6", async (kind, process) => {
  const denoiser = pixelwise(process);
  const { original } = wavyOriginal(width, height);
  const variance = varianceOf(8 * width, 8 * height, (place) => (place % (8 * width)) / 31);
  const wired = { variance, original, denoiser };
  const { schedule } = await sdsSchedule.run(wired, { ...sdsDefaults, steps: 4 }, testContext());
  const run = async (wanted: ScheduleValue) => {
    const inputs = { ...nothingWired, denoiser, original, sampler: { kind, eta: 0.6 } };
    const context = testContext({ device });
    const { latent } = await sample.run({ ...inputs, schedule: wanted }, sampleDefaults, context);
    return latent.samples.read();
  };
  const together = await run(schedule);
  const alike = await run({ kind: "scalar", timesteps: await course(schedule, 0) });
  expect(together[width - 1]).not.toBeCloseTo(alike[width - 1] ?? 0, 3);
  for (let pixel = 0; pixel < width; pixel += 1) {
    const alone = await run({ kind: "scalar", timesteps: await course(schedule, pixel) });
    for (let place = pixel; place < together.length; place += width) {
      expect(Math.abs((together[place] ?? 9) - (alone[place] ?? -9))).toBeLessThan(1e-6);
    }
  }
});

/** The timesteps of one pixel. */
async function course(schedule: ScheduleValue, pixel: number): Promise<readonly number[]> {
  if (schedule.kind === "scalar") return schedule.timesteps;
  const maps = await Promise.all(schedule.timesteps.map(({ read }) => read()));
  return maps.map((map) => map[pixel] ?? Number.NaN);
}
