import { readFileSync } from "node:fs";
import { DiopterError } from "@diopter/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clampStrength, resample, resamplingFamilies } from "./dense-sampling.js";
import { uniformTimesteps } from "./uniform.js";
import { wholeTimesteps } from "./whole-timesteps.js";

interface Golden {
  readonly uniform: Readonly<Record<string, readonly number[]>>;
  readonly resampled: readonly {
    readonly steps: number;
    readonly family: string;
    readonly strength: number;
    readonly boundary: number;
    readonly timesteps: readonly number[];
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../../test/golden/sampling.json", import.meta.url), "utf8"),
);

const gapsOf = (timesteps: readonly number[]) =>
  timesteps.slice(1).map((below, index) => (timesteps[index] ?? Number.NaN) - below);

const strongest = { polynomial: 5, exponential: 5, trigonometric: 1 } as const;
const weakest = { polynomial: 1, exponential: 0, trigonometric: 0 } as const;

const anySchedule = fc
  .record({
    terminal: fc.integer({ min: 2, max: 1000 }),
    family: fc.constantFrom(...resamplingFamilies),
    part: fc.double({ min: 0.2, max: 1, noNaN: true }),
    amount: fc.double({ min: 0, max: 1, noNaN: true }),
    density: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ terminal, family, part, amount, density }) => {
    const steps = 1 + Math.floor(density * (Math.min(terminal, 120) - 1));
    const range = strongest[family] - weakest[family];
    const options = {
      family,
      boundary: part * terminal,
      strength: weakest[family] + amount * range,
    };
    const strength = clampStrength(terminal, steps, options);
    const dense = uniformTimesteps(terminal, steps).map(
      resample(terminal, { ...options, strength }),
    );
    return { terminal, dense };
  });

describe("uniform timesteps", () => {
  test.each(Object.entries(golden.uniform))(
    "%s steps are those of TSS, eq. 1",
    (steps, expected) => {
      expect(uniformTimesteps(1000, Number(steps))).toEqual(expected);
    },
  );

  test.each([0, 1001, 2.5, Number.NaN])("refuse %d steps", (steps) => {
    expect(() => uniformTimesteps(1000, steps)).toThrow(DiopterError);
  });
});

describe("resampling", () => {
  test.each(golden.resampled)("$steps steps, $family of $strength around $boundary", (row) => {
    const family = resamplingFamilies.find((name) => name === row.family);
    if (family === undefined) return expect.fail(row.family);
    const f = resample(1000, { family, strength: row.strength, boundary: row.boundary });
    const dense = uniformTimesteps(1000, row.steps).map(f);
    expect(dense).toHaveLength(row.timesteps.length);
    dense.forEach((timestep, index) => {
      expect(timestep).toBeCloseTo(row.timesteps[index] ?? Number.NaN, 8);
    });
  });

  test.each(resamplingFamilies)("the weakest %s is uniform", (family) => {
    const f = resample(1000, { family, strength: weakest[family], boundary: 500 });
    for (const t of uniformTimesteps(1000, 20)) expect(f(t)).toBeCloseTo(t, 9);
  });

  test("the exponential keeps its digits however small its strength", () => {
    const f = resample(16, { family: "exponential", strength: 7e-323, boundary: 7.5 });
    for (const t of uniformTimesteps(16, 15)) expect(f(t)).toBeCloseTo(t, 9);
  });

  test("a = T is tⁿ/Tⁿ⁻¹", () => {
    const f = resample(1000, { family: "polynomial", strength: 2, boundary: 1000 });
    expect(f(500)).toBeCloseTo(250, 10);
  });

  test("starts at T, ends at 0 and falls strictly, whatever the options", () => {
    fc.assert(
      fc.property(anySchedule, ({ terminal, dense }) => {
        expect(dense[0]).toBeCloseTo(terminal, 9);
        expect(dense.at(-1)).toBe(0);
        expect(Math.min(...gapsOf(dense))).toBeGreaterThan(0);
      }),
    );
  });

  test.each([
    [7, 4.96],
    [10, 3.86],
    [20, 2.7],
    [100, 1.59],
  ] as const)("at %d steps n is clamped to ln a / ln(a/h) = %d", (steps, bound) => {
    const options = { family: "polynomial", strength: 9, boundary: 500 } as const;
    expect(clampStrength(1000, steps, options)).toBeCloseTo(bound, 2);
    expect(clampStrength(1000, steps, { ...options, strength: 1.2 })).toBe(1.2);
  });

  test.each([
    [{ family: "polynomial", strength: 0.9, boundary: 500 }, "strength"],
    [{ family: "trigonometric", strength: 1.1, boundary: 500 }, "strength"],
    [{ family: "exponential", strength: -1, boundary: 500 }, "strength"],
    [{ family: "polynomial", strength: 2, boundary: 0 }, "boundary"],
    [{ family: "polynomial", strength: 2, boundary: 1001 }, "boundary"],
  ] as const)("refuses %o", (options, port) => {
    expect(() => resample(1000, options)).toThrow(expect.objectContaining({ port }));
  });
});

describe("whole timesteps", () => {
  test("keep the number of steps, T and 0, and stay unique", () => {
    fc.assert(
      fc.property(anySchedule, ({ terminal, dense }) => {
        const whole = wholeTimesteps(dense);
        expect(whole).toHaveLength(dense.length);
        expect(whole[0]).toBe(terminal);
        expect(whole.at(-1)).toBe(0);
        expect(Math.min(...gapsOf(whole))).toBeGreaterThanOrEqual(1);
        expect(whole.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test("refill from the middle of the largest gap", () => {
    expect(wholeTimesteps([10, 9.8, 5, 0.3, 0])).toEqual([10, 7, 5, 2, 0]);
  });
});
