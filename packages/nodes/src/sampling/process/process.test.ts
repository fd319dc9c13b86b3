import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { residualShiftEta } from "./residual-shift.js";
import { alphaBarOf, noiseShareOf, scaledLinearSigma } from "./scaled-linear.js";

interface Course {
  readonly timestep: number;
  readonly value: number;
}
interface Golden {
  readonly sigma: readonly Course[];
  readonly eta: readonly Course[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../../test/golden/sampling.json", import.meta.url), "utf8"),
);

const sigma = scaledLinearSigma({
  kind: "scaled-linear",
  timesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
});
const eta = residualShiftEta({
  kind: "residual-shift",
  timesteps: 1000,
  kappa: 2,
  minNoise: 0.04,
  power: 0.3,
});

describe.each([
  ["σ of the scaled-linear process", sigma, golden.sigma],
  ["η of the residual-shift process", eta, golden.eta],
] as const)("%s", (_name, course, expected) => {
  test("is the reference's, to 1e-9, also between timesteps", () => {
    for (const { timestep, value } of expected) {
      expect(Math.abs(course(timestep) - value)).toBeLessThanOrEqual(1e-9 * value);
    }
  });

  test("rises strictly from 0 and holds its ends outside", () => {
    expect(course(0)).toBe(0);
    expect(course(-5)).toBe(0);
    expect(course(1200)).toBe(course(1000));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 999.9, noNaN: true }), (t) => {
        expect(course(t + 0.1)).toBeGreaterThan(course(t));
      }),
    );
  });
});

test("the published ends: σ from 0.02917 to 14.6146, √η_T 0.99", () => {
  expect(sigma(1000)).toBeCloseTo(14.6146, 4);
  expect(sigma(1)).toBeCloseTo(0.02917, 5);
  expect(Math.sqrt(eta(1000))).toBeCloseTo(0.99, 12);
  expect(2 * Math.sqrt(eta(1))).toBeCloseTo(0.04, 12);
});

test("ᾱ and 1 − ᾱ sum to 1", () => {
  for (const t of [0, 0.5, 1, 300, 1000]) {
    expect(alphaBarOf(sigma(t)) + noiseShareOf(sigma(t))).toBeCloseTo(1, 14);
  }
});
