import type { Preview } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import { testContext } from "../test/run-context.js";
import { ddim } from "./samplers/ddim.js";
import { ddpm } from "./samplers/ddpm.js";
import { euler } from "./samplers/euler.js";
import { residualShift } from "./samplers/residual-shift.js";
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
