import { createRegistry, type Preview, parseWorkflow } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { ddim } from "./samplers/ddim.js";
import { ddpm } from "./samplers/ddpm.js";
import { euler } from "./samplers/euler.js";
import { residualShift } from "./samplers/residual-shift.js";
import { resample } from "./schedules/dense-sampling.js";
import { uniformTimesteps } from "./schedules/uniform.js";
import { tdsSchedule } from "./tds-schedule.js";
import { uniformSchedule } from "./uniform-schedule.js";

const seriesOf = (preview: Preview | undefined) =>
  preview?.kind === "curves" ? preview.series.map(({ name }) => name) : [];

test("sampling/uniform-schedule: five steps over 1000 timesteps", async () => {
  const context = testContext();
  const { schedule } = await uniformSchedule.run({}, { steps: 5, terminal: 1000 }, context);
  expect(schedule).toEqual({ kind: "scalar", timesteps: [1000, 800, 600, 400, 200, 0] });
  expect(seriesOf(context.told.previews[0])).toEqual(["uniform"]);
});

describe("sampling/tds-schedule", () => {
  const params = {
    steps: 5,
    family: "polynomial",
    strength: 2,
    boundary: 0.5,
    terminal: 1000,
    whole: false,
  } as const;

  test("densifies both ends: t²/a below the middle, mirrored above", async () => {
    const context = testContext();
    const { schedule } = await tdsSchedule.run({}, params, context);
    expect(schedule).toMatchObject({
      kind: "scalar",
      timesteps: [1000, 920, 680, 320, 80, 0].map((t) => expect.closeTo(t, 9)),
    });
    expect(seriesOf(context.told.previews[0])).toEqual(["TDS", "uniform"]);
    expect(context.told.notes).toEqual([]);
  });

  test("says aloud which strength it takes where the ends would collapse", async () => {
    const context = testContext();
    const { schedule } = await tdsSchedule.run({}, { ...params, steps: 20, strength: 6 }, context);
    expect(context.told.notes).toEqual([
      "A strength of 6 would put timesteps less than 1 apart at 20 steps; 2.70 is used.",
    ]);
    expect(schedule.timesteps).toHaveLength(21);
  });

  test.each([
    ["polynomial", 1.5],
    ["exponential", 2 * Math.log(2 ** 1.5 - 1)],
    ["trigonometric", (0.5 - 2 ** -1.5) / (Math.SQRT1_2 - 0.5)],
  ] as const)("has a default that suits the %s", async (family, strength) => {
    const run = (given: number) =>
      tdsSchedule.run({}, { ...params, family, strength: given, steps: 4 }, testContext());
    const { schedule } = await run(tdsSchedule.params.strength.default);
    expect(schedule).toEqual((await run(strength)).schedule);
    // Half way to the boundary every family stands where the polynomial of 1.5 does.
    expect(schedule.timesteps[3]).toBeCloseTo(500 * 2 ** -1.5, 9);
  });

  describe("saved by version 1 means what it meant", () => {
    test.each([
      [{}, {}],
      [{ strength: 2 }, { strength: 2 }],
      [{ family: "exponential" }, { family: "exponential", strength: 1.5 }],
      [
        { family: "exponential", strength: 3 },
        { family: "exponential", strength: 3 },
      ],
      [
        { family: "exponential", strength: 0 },
        { family: "polynomial", strength: 1 },
      ],
      [
        { family: "trigonometric", strength: 0.5 },
        { family: "trigonometric", strength: 0.5 },
      ],
      [
        { family: "trigonometric", strength: 0 },
        { family: "polynomial", strength: 1 },
      ],
      [{ family: "trigonometric" }, { family: "trigonometric" }],
    ])("%j", (saved, current) => {
      const nodes = { tds: { type: tdsSchedule.type, version: 1, params: saved } };
      const text = JSON.stringify({ diopter: 1, name: "Saved", nodes });
      const { tds } = parseWorkflow(text, createRegistry([tdsSchedule])).nodes;
      expect(tds).toEqual({ type: tdsSchedule.type, version: 2, params: current });
    });

    test("uniform stays uniform, to the last bit", async () => {
      const known = { ...params, family: "polynomial", strength: 1, steps: 7 } as const;
      const { schedule } = await tdsSchedule.run({}, known, testContext());
      for (const family of ["exponential", "trigonometric"] as const) {
        const straight = resample(1000, { family, strength: 0, boundary: 500 });
        expect(schedule.timesteps).toEqual(uniformTimesteps(1000, 7).map(straight));
      }
    });
  });

  test("rounds for models that take whole timesteps only", async () => {
    const wanted = { ...params, strength: 1.7, whole: true };
    const { schedule } = await tdsSchedule.run({}, wanted, testContext());
    expect(schedule.timesteps.every(Number.isInteger)).toBe(true);
  });
});

test("the samplers name their rule and how noisy it is", async () => {
  const context = testContext();
  const made = await Promise.all([
    ddim.run({}, { eta: 0.3 }, context),
    ddpm.run({}, {}, context),
    euler.run({}, {}, context),
    residualShift.run({}, { eta: 1 }, context),
  ]);
  expect(made.map(({ sampler }) => sampler)).toEqual([
    { kind: "ddim", eta: 0.3 },
    { kind: "ddpm", eta: 1 },
    { kind: "euler", eta: 0 },
    { kind: "residual-shift", eta: 1 },
  ]);
});
