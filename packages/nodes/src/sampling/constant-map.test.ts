import {
  createDevice,
  type DenoiserValue,
  type Device,
  type SamplerValue,
  type ScheduleValue,
} from "@diopter/engine";
import { prepareSoftwareWebgpu } from "@diopter/engine/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { largestDifference } from "../test/largest-difference.js";
import { testContext } from "../test/run-context.js";
import {
  nothingWired,
  sampleDefaults,
  tinyDenoiser,
  wavyOriginal,
} from "../test/sampling-inputs.js";
import { sdsDefaults, varianceOf } from "../test/variance-map.js";
import { sample } from "./sample.js";
import { resamplingFamilies } from "./schedules/dense-sampling.js";
import { strengthLimits } from "./schedules/family-strengths.js";
import { resamplingAt } from "./schedules/spatial-sampling.js";
import { sdsSchedule } from "./sds-schedule.js";
import { tdsSchedule } from "./tds-schedule.js";

const vulkanDriver = prepareSoftwareWebgpu();
const [width, height] = [7, 5];
const part = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

const anyCase = fc.record({
  steps: fc.integer({ min: 1, max: 6 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  family: fc.constantFrom(...resamplingFamilies),
  variance: part.map(Math.fround),
  weaker: part,
  stronger: part,
  boundary: fc.integer({ min: 20, max: 80 }).map((percent) => percent / 100),
  eta: part,
});
type Case = typeof anyCase extends fc.Arbitrary<infer Value> ? Value : never;

/** What SDS makes of a map of one value, and TDS of the n and a of that value. */
async function schedules({ steps, family, variance, weaker, stronger, boundary }: Case) {
  const { uniform, most } = strengthLimits[family];
  const reach = Math.min(most, uniform + 2) - uniform;
  const strength = {
    min: uniform + Math.min(weaker, stronger) * reach,
    max: uniform + Math.max(weaker, stronger) * reach,
  };
  const range = { min: 0.9 * boundary, max: boundary };
  const { original } = wavyOriginal(width, height);
  const params = {
    ...sdsDefaults,
    steps,
    family,
    strengthMin: strength.min,
    // 0 would leave the choice to the node.
    strengthMax: Math.max(strength.max, Number.MIN_VALUE),
    boundaryMin: range.min,
    boundaryMax: range.max,
  };
  const even = varianceOf(8 * width, 8 * height, () => variance);
  const inputs = { variance: even, original, denoiser: undefined };
  const { schedule: maps } = await sdsSchedule.run(inputs, params, testContext());
  const own = resamplingAt({ family, strength, boundary: range }, variance);
  const strengthAlone = Math.max(own.strength, Number.MIN_VALUE);
  const alone = { ...own, strength: strengthAlone, steps, terminal: 1000, whole: false };
  const { schedule: tds } = await tdsSchedule.run({}, alone, testContext());
  return { maps, tds };
}

/** The values of the first pixel as a schedule of numbers. */
async function firstPixel({ timesteps }: ScheduleValue) {
  const values: number[] = [];
  for (const entry of timesteps) {
    if (typeof entry === "number") return expect.fail("The schedule has no maps.");
    const [value = Number.NaN] = await entry.read();
    values.push(value);
  }
  return { kind: "scalar", timesteps: values } as const;
}

for (const id of ["cpu", "webgpu"] as const) {
  describe.skipIf(id === "webgpu" && vulkanDriver === undefined)(`on ${id}`, () => {
    let device: Device;
    let shifting: DenoiserValue;
    beforeAll(async () => {
      device = await createDevice(id);
      shifting = await tinyDenoiser();
    });
    afterAll(() => device.dispose());

    test.each(["ddim", "ddpm", "euler", "residual-shift"] as const)(
      "%s by a map of one value is the path by numbers, to 1e-6",
      async (kind) => {
        const denoiser = kind === "residual-shift" ? shifting : preserving(shifting);
        const inputs = { ...nothingWired, ...wavyOriginal(width, height), denoiser };
        const runs = id === "cpu" ? 12 : 1;
        await fc.assert(
          fc.asyncProperty(anyCase, async (options) => {
            const { maps, tds } = await schedules(options);
            const scalars = await firstPixel(maps);
            expect(scalars.timesteps).toHaveLength(tds.timesteps.length);
            scalars.timesteps.forEach((timestep, entry) => {
              expect(timestep).toBeCloseTo(Number(tds.timesteps[entry]), 3);
            });
            const sampler: SamplerValue = { kind, eta: options.eta };
            const params = { ...sampleDefaults, seed: options.seed };
            const run = (schedule: ScheduleValue) =>
              sample.run({ ...inputs, sampler, schedule }, params, testContext({ device }));
            const [one, other] = [await run(maps), await run(scalars)];
            const difference = await largestDifference(one.latent.samples, other.latent.samples);
            expect(difference).toBeLessThan(1e-6);
          }),
          { numRuns: runs },
        );
      },
      90_000,
    );
  });
}

function preserving(shifting: DenoiserValue): DenoiserValue {
  const process = { kind: "scaled-linear", timesteps: 1000, betaStart: 0.00085, betaEnd: 0.012 };
  return { ...shifting, process: { ...process, kind: "scaled-linear" } };
}
