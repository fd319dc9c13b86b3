import type { DenoiserValue, Preview, ScheduleValue } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { goldenTensor } from "../test/golden-cases.js";
import { testContext } from "../test/run-context.js";
import { emptyLatent, sdsDefaults, varianceOf } from "../test/variance-map.js";
import { sdsSchedule } from "./sds-schedule.js";

async function mapsOf(schedule: ScheduleValue): Promise<readonly Float32Array[]> {
  if (schedule.kind !== "map") return expect.fail("The schedule has no maps.");
  return Promise.all(schedule.timesteps.map(({ read }) => read()));
}

const polynomial = { ...sdsDefaults, family: "polynomial" } as const;
const none = { denoiser: undefined };

describe("maps of timesteps are NumPy's, to 1e-3 of 1000", () => {
  test.each([
    [0, 8, { ...polynomial, strengthMin: 1, strengthMax: 2 }],
    [1, 8, { ...polynomial, steps: 100, strengthMin: 1, strengthMax: 1.3 }],
    [
      2,
      4,
      {
        ...polynomial,
        steps: 5,
        terminal: 250,
        strengthMin: 1.2,
        strengthMax: 3,
        boundaryMin: 1,
        boundaryMax: 1,
      },
    ],
    [
      3,
      8,
      {
        ...polynomial,
        family: "exponential",
        steps: 10,
        strengthMax: 2.2,
        boundaryMin: 0.3,
        boundaryMax: 0.8,
      },
    ],
    [
      4,
      8,
      {
        ...polynomial,
        family: "trigonometric",
        steps: 10,
        strengthMax: 1,
        boundaryMin: 0.5,
        boundaryMax: 0.5,
      },
    ],
  ] as const)("case %d, %d pixels to a latent element, %o", async (index, downscale, params) => {
    const file = "spatial-schedule.safetensors";
    const values = await goldenTensor(file, `variance ${index}`);
    const expected = await goldenTensor(file, `timesteps ${index}`);
    const [entries = 0, , height = 0, width = 0] = expected.shape;
    const original = emptyLatent(width, height, downscale);
    const context = testContext();
    const inputs = { ...none, variance: { values }, original };
    const { schedule } = await sdsSchedule.run(inputs, params, context);
    const maps = await mapsOf(schedule);
    expect(maps).toHaveLength(entries);
    const wanted = await expected.read();
    const area = width * height;
    const worst = maps.map((map, entry) =>
      Math.max(...map.map((t, place) => Math.abs(t - (wanted[entry * area + place] ?? -1)))),
    );
    expect(Math.max(...worst)).toBeLessThan(1e-3);
    expect(context.told.notes).toEqual([]);
  });
});

describe("sampling/sds-schedule", () => {
  const halves = varianceOf(16, 8, (place) => (place % 16 < 8 ? 0 : 1));
  const inputs = { ...none, variance: halves, original: emptyLatent(2, 1, 8) };
  const curvesOf = (previews: readonly Preview[]) =>
    previews.flatMap((preview) => (preview.kind === "curves" ? preview.series : []));

  test("leaves flat places uniform and takes n = 2 in textured ones by itself", async () => {
    const context = testContext();
    const { schedule } = await sdsSchedule.run(inputs, { ...sdsDefaults, steps: 5 }, context);
    const maps = await mapsOf(schedule);
    expect(maps.map(([flat]) => flat)).toEqual([1000, 800, 600, 400, 200, 0]);
    // a = 600: t²/600 below it, 1000 − (1000 − t)²/400 above.
    const textured = [1000, 900, 600, 400 ** 2 / 600, 200 ** 2 / 600, 0].map(Math.fround);
    expect(maps.map(([, last]) => last)).toEqual(textured);
  });

  test("shows the variance map and a curve for each quantile of it", async () => {
    const context = testContext();
    await sdsSchedule.run(inputs, sdsDefaults, context);
    const [heat] = context.told.previews;
    expect(heat?.kind === "heat-map" && [...(await heat.values.read())]).toEqual([0, 1]);
    const series = curvesOf(context.told.previews);
    expect(series.map(({ name }) => name)).toEqual(["variance 0", "variance 1", "uniform"]);
    expect(series[0]?.points).toEqual(series[2]?.points);
    expect(series[1]?.points[1]).toBeGreaterThan(series[2]?.points[1] ?? 1000);
  });

  test("says aloud which strength it takes where the ends would collapse", async () => {
    const context = testContext();
    const params = {
      ...sdsDefaults,
      steps: 20,
      strengthMax: 6,
      boundaryMin: 0.5,
      boundaryMax: 0.5,
    };
    await sdsSchedule.run(inputs, params, context);
    expect(context.told.notes).toEqual([
      "A strength of 6 would put timesteps less than 1 apart at 20 steps; 2.7 is used.",
    ]);
  });

  test("takes the last timestep of a denoiser that is wired", async () => {
    const denoiser: DenoiserValue = {
      name: "short",
      space: "test",
      channels: 1,
      originalChannels: 1,
      prediction: "x0",
      process: { kind: "scaled-linear", timesteps: 100, betaStart: 1e-3, betaEnd: 1e-2 },
      parameters: 0,
      network: { key: "short", build: () => ({}) },
    };
    const { schedule } = await sdsSchedule.run({ ...inputs, denoiser }, sdsDefaults, testContext());
    const [first] = await mapsOf(schedule);
    expect(first).toEqual(Float32Array.of(100, 100));
  });

  test.each(["exponential", "trigonometric"] as const)(
    "the %s that suits goes as far as the polynomial or ends at its strongest",
    async (family) => {
      const middle = async (name: "polynomial" | typeof family) => {
        const params = {
          ...sdsDefaults,
          steps: 4,
          family: name,
          boundaryMin: 0.5,
          boundaryMax: 0.5,
        };
        const { schedule } = await sdsSchedule.run(inputs, params, testContext());
        return (await mapsOf(schedule))[3]?.[1];
      };
      expect(await middle("polynomial")).toBe(125);
      if (family === "exponential") expect(await middle(family)).toBeCloseTo(125, 3);
      else expect(await middle(family)).toBeCloseTo(500 * (1 - Math.SQRT1_2), 3);
    },
  );

  test.each([
    ["a map of another size", { original: emptyLatent(2, 2, 8) }, {}, "variance"],
    ["too many steps", {}, { steps: 1001 }, "steps"],
    ["a polynomial below 1", {}, { strengthMin: 0.5 }, "strengthMin"],
    ["a trigonometric above 1", {}, { family: "trigonometric", strengthMax: 2 }, "strengthMax"],
    ["strengths the wrong way round", {}, { strengthMin: 3, strengthMax: 2 }, "strengthMin"],
    ["boundaries the wrong way round", {}, { boundaryMin: 0.7 }, "boundaryMin"],
  ] as const)("refuses %s", async (_name, wired, changed, port) => {
    const params = { ...sdsDefaults, ...changed };
    const run = sdsSchedule.run({ ...inputs, ...wired }, params, testContext());
    await expect(run).rejects.toMatchObject({ code: "node/invalid-value", port });
  });

  test("refuses the maps of several pictures", async () => {
    const { values } = varianceOf(16, 16, () => 0.5);
    const variance = { values: { ...values, shape: [2, 1, 8, 16] } };
    const run = sdsSchedule.run({ ...inputs, variance }, sdsDefaults, testContext());
    await expect(run).rejects.toMatchObject({ code: "node/invalid-value", port: "variance" });
  });
});
