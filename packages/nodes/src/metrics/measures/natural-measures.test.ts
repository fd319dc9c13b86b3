import { describe, expect, test } from "vitest";
import goldens from "../../../test/measures/goldens.json" with { type: "json" };
import { goldenPicture } from "../../test/test-picture.js";
import {
  bandRatios,
  brisqueFeatureNames,
  brisqueFeatures,
  featureDistance,
  highestBandRatio,
  naturalness,
  niqeFeatures,
  type Plane,
} from "./index.js";

const plane = (width: number, height: number, seed: number, dimmed = false): Plane => {
  const data = goldenPicture(1, height, width, seed);
  const dim = (place: number) => dimmed && 2 * (place % width) < width;
  return { data: data.map((value, at) => (dim(at) ? value * 0.25 : value)), width, height };
};

const flat = (side: number): Plane => ({
  data: new Float32Array(side * side).fill(0.5),
  width: side,
  height: side,
});

/** Relative to 1 or to the value, whichever is larger. */
function expectNear(actual: readonly number[], expected: readonly number[], tolerance: number) {
  expect(actual).toHaveLength(expected.length);
  const distances = actual.map((value, index) => {
    const wanted = expected[index] ?? Number.NaN;
    return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
  });
  expect(Math.max(...distances)).toBeLessThan(tolerance);
}

describe("BRISQUE", () => {
  test.each(goldens.brisque)("is SciPy's on $width × $height to 1e-5", (golden) => {
    const features = brisqueFeatures(plane(golden.width, golden.height, golden.seed));
    expectNear(features, golden.features, 1e-5);
    expect(brisqueFeatureNames).toHaveLength(features.length);
  });

  test("of equal pictures is 0 apart, of a flat one finite", () => {
    const features = brisqueFeatures(plane(40, 30, 9));
    expect(featureDistance(features, features)).toBe(0);
    expect(featureDistance([1, 2, 3], [1, 5, 7])).toBe(5);
    expect(brisqueFeatures(flat(32)).every(Number.isFinite)).toBe(true);
  });
});

describe("NIQE", () => {
  test.each(goldens.niqe)("is NumPy's and SciPy's on $width × $height to 1e-4", (golden) => {
    const picture = plane(golden.width, golden.height, golden.seed);
    expectNear(niqeFeatures(picture)[0] ?? [], golden.firstBlock, 1e-5);
    expectNear([naturalness(picture)], [golden.niqe], 1e-4);
  });

  test("does not exist where no block is left", () => {
    expect(naturalness(plane(95, 200, 1))).toBeNaN();
    expect(naturalness(flat(192))).toBeNaN();
  });
});

describe("SNR of frequency bands", () => {
  test.each(goldens.bands)("is NumPy's on $width × $height to 1e-5 dB", (golden) => {
    const { width, height, dimmed } = golden;
    const ratios = bandRatios(
      plane(width, height, golden.imageSeed, dimmed),
      plane(width, height, golden.referenceSeed, dimmed),
    );
    const expected: Readonly<Record<string, Readonly<Record<string, number>> | undefined>> =
      golden.bands;
    expect(Object.keys(ratios).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, bands] of Object.entries(ratios)) {
      const wanted = expected[name] ?? {};
      expectNear([bands.low, bands.middle, bands.high], Object.values(wanted), 1e-5);
    }
  });

  test("tells in which band the noise lies", () => {
    const reference = plane(128, 128, 3);
    const wave = (frequency: number) => ({
      ...reference,
      data: reference.data.map(
        (value, place) => value + 0.1 * Math.cos(2 * Math.PI * frequency * (place % 128)),
      ),
    });
    const clean = bandRatios(reference, reference).all;
    expect(clean).toEqual({
      low: highestBandRatio,
      middle: highestBandRatio,
      high: highestBandRatio,
    });
    const low = bandRatios(wave(4 / 128), reference).all;
    expect(low.low).toBeLessThan(20);
    expect(low.high).toBeGreaterThan(60);
    const high = bandRatios(wave(48 / 128), reference).all;
    expect(high.high).toBeLessThan(20);
    expect(high.low).toBeGreaterThan(60);
  });
});
