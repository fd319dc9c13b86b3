import { readFileSync } from "node:fs";
import type { DenoiserValue, DiffusionProcess, SamplerValue } from "@diopter/engine";
import { describe, expect, test } from "vitest";
import type { SamplingRule, StepCoefficients } from "./coefficients.js";
import { createRule } from "./create-rule.js";

interface Golden {
  readonly x: readonly number[];
  readonly clean: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly number[];
  readonly steps: readonly {
    readonly rule: string;
    readonly prediction: string;
    readonly eta: number;
    readonly from: number;
    readonly to: number;
    readonly output: readonly number[];
    readonly after: readonly number[];
  }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../../test/golden/sampling.json", import.meta.url), "utf8"),
);

const scaledLinear: DiffusionProcess = {
  kind: "scaled-linear",
  timesteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
};
const residualShift: DiffusionProcess = {
  kind: "residual-shift",
  timesteps: 1000,
  kappa: 1,
  minNoise: 0.04,
  power: 0.3,
};

const predictions = ["x0", "epsilon", "v"] as const satisfies DenoiserValue["prediction"][];
const kinds = ["ddim", "ddpm", "euler", "residual-shift"] as const satisfies SamplerValue["kind"][];

function oneOf<const T extends string>(names: readonly T[], name: string): T {
  return names.find((known) => known === name) ?? expect.fail(name);
}

function ruleFor(name: string, prediction: string, eta: number): SamplingRule {
  const kind = oneOf(kinds, name);
  const process = kind === "residual-shift" ? residualShift : scaledLinear;
  const model = { name: "test", process, prediction: oneOf(predictions, prediction) };
  return createRule(model, { kind, eta });
}

function apply(coefficients: StepCoefficients, output: readonly number[]): readonly number[] {
  return golden.x.map((x, index) => {
    const clean =
      coefficients.cleanFromSample * x + coefficients.cleanFromPrediction * (output[index] ?? 0);
    expect(clean).toBeCloseTo(golden.clean[index] ?? Number.NaN, 7);
    return (
      coefficients.fromSample * x +
      coefficients.fromClean * clean +
      coefficients.fromOriginal * (golden.y[index] ?? 0) +
      coefficients.fromNoise * (golden.z[index] ?? 0)
    );
  });
}

describe("update rules", () => {
  test.each(golden.steps)("$rule, $prediction, η $eta: $from → $to", (step) => {
    const coefficients = ruleFor(step.rule, step.prediction, step.eta).step(step.from, step.to);
    apply(coefficients, step.output).forEach((value, index) => {
      expect(value).toBeCloseTo(step.after[index] ?? Number.NaN, 8);
    });
  });

  test.each(kinds)("%s ends at the clean estimate, without noise", (kind) => {
    const end = ruleFor(kind, "x0", 1).step(37.5, 0);
    expect(end).toMatchObject({ fromClean: 1, fromNoise: 0 });
    expect(Math.abs(end.fromSample) + Math.abs(end.fromOriginal)).toBeLessThan(1e-12);
  });

  test.each(kinds)("%s stays where it is over a gap of 0", (kind) => {
    const still = ruleFor(kind, "x0", 1).step(400, 400);
    expect(still.fromSample).toBeCloseTo(1, 12);
    expect(still.fromClean).toBeCloseTo(0, 12);
    expect(still.fromNoise).toBeCloseTo(0, 7);
  });

  test("DDIM with η = 1 is DDPM", () => {
    const one = ruleFor("ddim", "epsilon", 1).step(600, 480);
    const other = ruleFor("ddpm", "epsilon", 0).step(600, 480);
    for (const name of ["fromSample", "fromClean", "fromNoise"] as const) {
      expect(one[name]).toBeCloseTo(other[name], 10);
    }
  });

  test("ResShift with η = 1 has the mean and variance of its paper", () => {
    const root = (t: number) => 0.04 * (0.99 / 0.04) ** (((t - 1) / 999) ** 0.3);
    const [here, there] = [root(700) ** 2, root(500) ** 2];
    const step = ruleFor("residual-shift", "x0", 1).step(700, 500);
    expect(step.fromSample).toBeCloseTo(there / here, 12);
    expect(step.fromClean).toBeCloseTo(1 - there / here, 12);
    expect(step.fromOriginal).toBeCloseTo(0, 12);
    expect(step.fromNoise ** 2).toBeCloseTo((there / here) * (here - there), 12);
  });

  test("sampling starts as the forward process ends", () => {
    const shifted = ruleFor("residual-shift", "x0", 1).start(1000);
    expect(shifted.fromOriginal).toBe(1);
    expect(shifted.fromNoise).toBeCloseTo(0.99, 12);
    const preserved = ruleFor("ddpm", "x0", 0).start(1000);
    expect(preserved.fromOriginal ** 2 + preserved.fromNoise ** 2).toBeCloseTo(1, 12);
    expect(ruleFor("euler", "x0", 0).start(1000).fromNoise).toBeCloseTo(14.6146, 4);
  });
});

test.each([
  ["ddim", residualShift, "x0", "sampler"],
  ["residual-shift", scaledLinear, "x0", "sampler"],
  ["residual-shift", residualShift, "epsilon", "denoiser"],
] as const)("%s refuses a model it does not fit", (kind, process, prediction, port) => {
  const create = () => createRule({ name: "test", process, prediction }, { kind, eta: 1 });
  expect(create).toThrow(expect.objectContaining({ code: "model/mismatch", port }));
});

test("a rule that fits is taken without a sampler", () => {
  const model = { name: "test", prediction: "x0" } as const;
  const preserving = createRule({ ...model, process: scaledLinear }, undefined);
  const shifting = createRule({ ...model, process: residualShift }, undefined);
  expect(preserving.step(500, 250).fromNoise).toBe(0);
  expect(shifting.step(500, 250).fromNoise).toBeGreaterThan(0);
});
