import { describe, expect, test } from "vitest";
import {
  brisqueFeatures,
  gradientSimilarityDeviation,
  lumaPlanes,
  niqeFeaturesOfWhole,
  normalisedLaplacianDistance,
  peakSignalToNoise,
  pristineGaussian,
  structuralSimilarity,
} from "../metrics/measures/index.js";
import { pseudoInverseForm } from "../metrics/measures/symmetric-matrix.js";
import { noiseArray, testPixels } from "../test/test-picture.js";
import natural from "./natural.json" with { type: "json" };
import { naturalPictures } from "./natural-statistics.js";
import { type MetricWeights, scoreLatent, scorePicture } from "./scores.js";

const none: MetricWeights = { psnr: 0, ssim: 0, nlpd: 0, gmsd: 0, niqe: 0, brisque: 0 };
const [width, height] = [96, 80];
const sharp = { data: testPixels(width, height), width, height };
const noise = noiseArray(sharp.data.length);
const data = sharp.data.map((value, index) => value + 0.2 * ((noise[index] ?? 0) - 0.5));
const noisy = { ...sharp, data };

/** All channels as one plane, of which PSNR takes the mean. */
const whole = (pixels: Float32Array) => ({ data: pixels, width, height: 3 * height });
const lumaOf = (pixels: Float32Array) => lumaPlanes(pixels, width, height)[0] ?? expect.fail();

describe("the score of a picture is its metrics in their units", () => {
  test.each([
    ["psnr", () => 0.125 * peakSignalToNoise([whole(data)], [whole(sharp.data)])],
    ["ssim", () => 3.1 * structuralSimilarity(lumaOf(data), lumaOf(sharp.data))],
    ["nlpd", () => -4.2 * normalisedLaplacianDistance(lumaOf(data), lumaOf(sharp.data))],
    ["gmsd", () => -8.9 * gradientSimilarityDeviation(lumaOf(data), lumaOf(sharp.data))],
  ] as const)("%s", (name, expected) => {
    const score = scorePicture(noisy, sharp, { ...none, [name]: 2 });
    expect(score.fullReference).toBeCloseTo(2 * expected(), 9);
    expect(score.noReference).toBe(0);
  });

  test("brisque: the root mean square of its features, in deviations of photographs", () => {
    const { mean, deviation } = natural.pictures.brisque;
    const features = brisqueFeatures(lumaOf(data)).map(
      (value, index) => (value - (mean[index] ?? 0)) / (deviation[index] ?? 1),
    );
    const expected = Math.sqrt(features.reduce((sum, value) => sum + value * value, 0) / 36);
    const score = scorePicture(noisy, sharp, { ...none, brisque: 1 });
    expect(score).toEqual({ fullReference: 0, noReference: expect.closeTo(-0.6 * expected, 9) });
  });
});

test("scores of latents are means over their channels", () => {
  const side = 20;
  const area = side * side;
  const latent = noiseArray(3 * area, 5).map((value) => 4 * value - 2);
  const other = noiseArray(3 * area, 6).map((value) => 4 * value - 2);
  const scored = (values: Float32Array) => ({ data: values, width: side, height: side });
  const weights = { ...none, ssim: 1, nlpd: 1, brisque: 1, niqe: 1 };
  const each = [0, 1, 2].map((channel) => {
    const cut = (values: Float32Array) =>
      scored(values.slice(channel * area, (channel + 1) * area));
    return scoreLatent(cut(latent), cut(other), weights).fullReference;
  });
  const score = scoreLatent(scored(latent), scored(other), weights);
  expect(score.fullReference).toBeCloseTo(each.reduce((sum, value) => sum + value, 0) / 3, 9);
  expect(Number.isFinite(score.noReference)).toBe(true);
});

test("niqe: the distance of its features by the covariance of photographs", () => {
  const plane = { data: lumaOf(data).data, width, height };
  const { mean, covariance } = pristineGaussian;
  const features = niqeFeaturesOfWhole(plane);
  const difference = features.map((value, index) => value - (mean[index] ?? 0));
  const expected = Math.sqrt(pseudoInverseForm(covariance, difference));
  expect(naturalPictures([plane]).niqe / expected).toBeCloseTo(1, 6);
  expect(scorePicture(noisy, sharp, { ...none, niqe: 1 }).noReference).toBeCloseTo(
    -expected / 10,
    5,
  );
});

test("the least tile of latents still has a score", () => {
  const side = 8;
  const values = { data: noiseArray(side * side), width: side, height: side };
  const all = { psnr: 1, ssim: 1, nlpd: 1, gmsd: 1, niqe: 1, brisque: 1 };
  const { fullReference, noReference } = scoreLatent(values, values, all);
  expect(Number.isFinite(fullReference) && Number.isFinite(noReference)).toBe(true);
});
