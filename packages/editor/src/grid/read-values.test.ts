import type { Parameter } from "@diopter/engine/editing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostRuns, readValues } from "./read-values.js";

const steps: Parameter = { kind: "integer", default: 10, min: 1, max: 1000 };
const strength: Parameter = { kind: "number", default: 1, min: 0, max: 1, step: 0.1 };
const method: Parameter = { kind: "choice", default: "wavelet", options: ["wavelet", "adain"] };

const valuesOf = (parameter: Parameter, text: string) => {
  const reading = readValues(parameter, text);
  return reading.fault === undefined ? reading.values : reading.fault.message;
};

describe("numbers", () => {
  it.each([
    ["5, 10, 20", [5, 10, 20]],
    ["5\n10", [5, 10]],
    ["10..50 step 10", [10, 20, 30, 40, 50]],
    ["50..10 step 20", [50, 30, 10]],
    ["1..4", [1, 2, 3, 4]],
    ["2 * 4, max(3, 9), 8", [8, 9]],
    ["10..20 in 3, 100", [10, 15, 20, 100]],
  ])("%j", (text, values) => {
    expect(valuesOf(steps, text)).toEqual(values);
  });

  it("has fractions without the noise of binary numbers", () => {
    expect(valuesOf(strength, "0..0.5 step 0.1")).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(valuesOf(strength, "0..1 in 4")).toEqual([0, 0.333333333333, 0.666666666667, 1]);
    expect(valuesOf(strength, "50%")).toEqual([0.5]);
  });

  it("says what is wrong", () => {
    expect(valuesOf(steps, "")).toBe("There are no values.");
    expect(valuesOf(steps, "5, 2000")).toBe("2000 is too large.");
    expect(valuesOf(steps, "1..2 in 4")).toMatch(/not a whole number/);
    expect(valuesOf(steps, "10..20 step 0")).toMatch(/is no range/);
    expect(valuesOf(steps, "10..20 in 1")).toMatch(/is no range/);
    expect(valuesOf(steps, "1..foo")).toMatch(/There is no "foo"/);
    expect(valuesOf({ kind: "number", default: 0 }, "0..1e12 step 1")).toMatch(/more than 400/);
  });
});

it("reads choices, truth values and texts line by line", () => {
  expect(valuesOf(method, "adain\nwavelet\nadain")).toEqual(["adain", "wavelet"]);
  expect(valuesOf(method, "other")).toMatch(/not one of the choices/);
  expect(valuesOf({ kind: "boolean", default: true }, "true\nfalse")).toEqual([true, false]);
  expect(valuesOf({ kind: "boolean", default: true }, "yes")).toMatch(/neither/);
  expect(valuesOf({ kind: "text", default: "" }, "a, b\nc")).toEqual(["a, b", "c"]);
});

it("reads back the list of any whole numbers", () => {
  const seeds = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(seeds, (list) => {
      expect(valuesOf({ kind: "seed", default: 0 }, list.join(", "))).toEqual(list);
    }),
  );
});

it("never gives more values than a grid may have, and never throws", () => {
  const typed = fc.string({ unit: fc.constantFrom(..."0123456789.,- stepin()*") });
  fc.assert(
    fc.property(typed, (text) => {
      const reading = readValues(strength, text);
      if (reading.fault === undefined) expect(reading.values.length).toBeLessThanOrEqual(mostRuns);
      else expect(reading.fault.remedy).not.toBe("");
    }),
    { numRuns: 500 },
  );
});
