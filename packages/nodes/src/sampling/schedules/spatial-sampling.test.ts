import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resamplingFamilies } from "./dense-sampling.js";
import { strengthLimits, suitableStrength } from "./family-strengths.js";
import { clampStrengthRange, resamplingAt, spatialTimesteps } from "./spatial-sampling.js";
import { uniformTimesteps } from "./uniform.js";

const part = fc.double({ min: 0, max: 1, noNaN: true });

const anyMaps = fc
  .record({
    terminal: fc.integer({ min: 2, max: 1000 }),
    family: fc.constantFrom(...resamplingFamilies),
    density: part,
    strengths: fc.tuple(part, part),
    boundaries: fc.tuple(part, part),
    variance: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
  })
  .map(({ terminal, family, density, strengths, boundaries, variance }) => {
    const steps = 1 + Math.floor(density * (Math.min(terminal, 120) - 1));
    const { uniform, most } = strengthLimits[family];
    const strength = ascending(strengths, uniform, Math.min(most, 6));
    const boundary = ascending(boundaries, 0.1 * terminal, terminal);
    const wanted = { family, strength, boundary };
    const options = { ...wanted, strength: clampStrengthRange(terminal, steps, wanted) };
    const timesteps = uniformTimesteps(terminal, steps);
    const maps = spatialTimesteps(timesteps, options, Float32Array.from(variance));
    return { terminal, timesteps, options, variance, maps };
  });

function ascending(parts: readonly [number, number], from: number, to: number) {
  const at = (place: number) => from + place * (to - from);
  return { min: at(Math.min(...parts)), max: at(Math.max(...parts)) };
}

describe("maps of timesteps", () => {
  test("start at T, end at 0 and fall strictly in every pixel, whatever the options", () => {
    fc.assert(
      fc.property(anyMaps, ({ terminal, variance, maps }) => {
        variance.forEach((_, pixel) => {
          const course = maps.map((map) => map[pixel] ?? Number.NaN);
          expect(course[0]).toBeCloseTo(terminal, 4);
          expect(course.at(-1)).toBe(0);
          const gaps = course.slice(1).map((below, step) => (course[step] ?? 0) - below);
          expect(Math.min(...gaps)).toBeGreaterThan(0);
        });
      }),
    );
  });

  test("the weakest strength is the uniform schedule in every pixel and family", () => {
    fc.assert(
      fc.property(anyMaps, ({ timesteps, options, variance }) => {
        const { uniform } = strengthLimits[options.family];
        const weakest = { ...options, strength: { min: uniform, max: uniform } };
        const maps = spatialTimesteps(timesteps, weakest, Float32Array.from(variance));
        maps.forEach((map, step) => {
          for (const timestep of map) expect(timestep).toBeCloseTo(timesteps[step] ?? -1, 3);
        });
      }),
    );
  });

  test("steps that divide T stay at least 1 apart once the strengths are clamped", () => {
    const anyRange = fc.tuple(part, part).map((parts) => ascending(parts, 0.05, 1));
    const anySteps = fc.constantFrom(2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125);
    const family = fc.constantFrom(...resamplingFamilies);
    fc.assert(
      fc.property(anySteps, family, anyRange, part, (steps, name, parts, v) => {
        const boundary = { min: 1000 * parts.min, max: 1000 * parts.max };
        const most = Math.min(strengthLimits[name].most, 8);
        const wanted = { family: name, boundary, strength: { min: most, max: most } };
        const options = { ...wanted, strength: clampStrengthRange(1000, steps, wanted) };
        const maps = spatialTimesteps(uniformTimesteps(1000, steps), options, Float32Array.of(v));
        const course = maps.map(([timestep = 0]) => timestep);
        const gaps = course.slice(1).map((below, step) => (course[step] ?? 0) - below);
        expect(Math.min(...gaps)).toBeGreaterThan(1 - 1e-3);
      }),
    );
  });

  test("n and a run linearly from their least to their largest value", () => {
    const options = {
      family: "polynomial",
      strength: { min: 1, max: 2 },
      boundary: { min: 400, max: 600 },
    } as const;
    expect(resamplingAt(options, 0)).toMatchObject({ strength: 1, boundary: 400 });
    expect(resamplingAt(options, 0.25)).toMatchObject({ strength: 1.25, boundary: 450 });
    expect(resamplingAt(options, 1)).toMatchObject({ strength: 2, boundary: 600 });
  });
});

test.each([
  [7, 2],
  [20, 2],
  [44.72, 1.65],
  [100, 1.3],
  [1000, 1.3],
])("at %d steps the polynomial that suits is %d", (steps, expected) => {
  expect(suitableStrength("polynomial", steps)).toBeCloseTo(expected, 4);
  expect(suitableStrength("exponential", steps)).toBeCloseTo(2 * Math.log(2 ** expected - 1), 3);
  expect(suitableStrength("trigonometric", steps)).toBeLessThanOrEqual(1);
});
