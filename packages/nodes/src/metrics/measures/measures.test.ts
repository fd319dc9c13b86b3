import { describe, expect, test } from "vitest";
import golden from "../../test/golden/metrics.json" with { type: "json" };
import { goldenPicture } from "../../test/test-picture.js";
import {
  channelPlanes,
  gradientSimilarityDeviation,
  highestPsnr,
  lumaPlanes,
  mirror,
  normalisedLaplacianDistance,
  type Plane,
  peakSignalToNoise,
  structuralSimilarity,
  withoutBorder,
} from "./index.js";

const pairs = golden.cases.map((entry) => {
  const { width, height } = entry;
  const pictures = [entry.imageSeed, entry.referenceSeed].map((seed) =>
    goldenPicture(3, height, width, seed),
  );
  const planes = (of: typeof lumaPlanes): readonly [readonly Plane[], readonly Plane[]] => {
    const [left = [], right = []] = pictures.map((pixels) => of(pixels, width, height));
    return [left, right];
  };
  return { entry, y: planes(lumaPlanes), rgb: planes(channelPlanes) };
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const each = (
  [left, right]: readonly [readonly Plane[], readonly Plane[]],
  measure: (left: Plane, right: Plane) => number,
): number => mean(left.map((plane, index) => measure(plane, right[index] ?? plane)));

describe.each(pairs)("on $entry.width × $entry.height", ({ entry, y, rgb }) => {
  test("PSNR is scikit-image's", () => {
    expect(peakSignalToNoise(...y)).toBeCloseTo(entry.psnr.y, 4);
    expect(peakSignalToNoise(...rgb)).toBeCloseTo(entry.psnr.rgb, 4);
  });

  test("SSIM is scikit-image's", () => {
    expect(each(y, structuralSimilarity)).toBeCloseTo(entry.ssim.y, 6);
    expect(each(rgb, structuralSimilarity)).toBeCloseTo(entry.ssim.rgb, 6);
  });

  test("NLPD is that of a PyTorch implementation", () => {
    expect(each(y, normalisedLaplacianDistance)).toBeCloseTo(entry.nlpd, 6);
  });

  test("GMSD is that of a PyTorch implementation", () => {
    expect(each(y, gradientSimilarityDeviation)).toBeCloseTo(entry.gmsd, 6);
  });
});

describe("measures", () => {
  const plane = { data: goldenPicture(1, 24, 20, 3), width: 20, height: 24 };

  test("of a picture with itself", () => {
    expect(peakSignalToNoise([plane], [plane])).toBe(highestPsnr);
    expect(structuralSimilarity(plane, plane)).toBeCloseTo(1, 12);
    expect(normalisedLaplacianDistance(plane, plane)).toBe(0);
    expect(gradientSimilarityDeviation(plane, plane)).toBeCloseTo(0, 12);
  });

  test("SSIM of what is smaller than its window is not a number", () => {
    const small = { data: new Float32Array(100), width: 10, height: 10 };
    expect(structuralSimilarity(small, small)).toBeNaN();
  });

  test("PSNR worked by hand: an error of 0.1 everywhere is 20 dB", () => {
    const other = { ...plane, data: plane.data.map((value) => value + 0.1) };
    expect(peakSignalToNoise([plane], [other])).toBeCloseTo(20, 5);
  });

  test("a border is left out on every side", () => {
    const counted = { data: Float32Array.from({ length: 12 }, (_, i) => i), width: 4, height: 3 };
    expect(withoutBorder(counted, 1)).toEqual({ data: Float32Array.of(5, 6), width: 2, height: 1 });
  });

  test("mirroring repeats the edge", () => {
    expect([-3, -2, -1, 0, 2, 3, 4, 7].map((x) => mirror(x, 3))).toEqual([2, 1, 0, 0, 2, 2, 1, 1]);
  });
});
