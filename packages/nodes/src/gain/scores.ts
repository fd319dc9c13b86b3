import {
  channelPlanes,
  gradientSimilarityDeviation,
  lumaPlanes,
  normalisedLaplacianDistance,
  type Plane,
  peakSignalToNoise,
  structuralSimilarity,
} from "../metrics/measures/index.js";
import { type NaturalMeasure, naturalLatents, naturalPictures } from "./natural-statistics.js";

/** The quality R of an estimate; larger is better. */
export interface Score {
  readonly fullReference: number;
  readonly noReference: number;
}

/** What each metric counts for; those of 0 are not computed. */
export interface MetricWeights {
  readonly psnr: number;
  readonly ssim: number;
  readonly nlpd: number;
  readonly gmsd: number;
  readonly niqe: number;
  readonly brisque: number;
}

/**
 * What a metric's value is multiplied by: a good result and a poor one lie about 1 apart, and larger
 * is better throughout.
 */
const units: MetricWeights = {
  psnr: 1 / 20,
  ssim: 1,
  nlpd: -1,
  gmsd: -5,
  niqe: -1 / 10,
  brisque: -1 / 2,
};

/** Planes × height × width, and how many planes one picture has. */
export interface ScoredArray {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * R of a latent [C, h, w]: metrics of each channel, ±4 on 0..1, averaged over the channels.
 * Source: AdaDiffSR, eq. 2, on latents as in the paper.
 */
export function scoreLatent(
  clean: ScoredArray,
  original: ScoredArray,
  weights: MetricWeights,
): Score {
  return scorePlanes(latentPlanes(clean), latentPlanes(original), weights, naturalLatents);
}

/** R of a picture [3, H, W] of 0..1: metrics of the luma. */
export function scorePicture(
  picture: ScoredArray,
  original: ScoredArray,
  weights: MetricWeights,
): Score {
  const planesOf = ({ data, width, height }: ScoredArray) => lumaPlanes(data, width, height);
  return scorePlanes(planesOf(picture), planesOf(original), weights, naturalPictures);
}

function latentPlanes({ data, width, height }: ScoredArray): readonly Plane[] {
  const scaled = data.map((value) => value / 8 + 0.5);
  return channelPlanes(scaled, width, height);
}

function scorePlanes(
  planes: readonly Plane[],
  original: readonly Plane[],
  weights: MetricWeights,
  natural: NaturalMeasure,
): Score {
  const pairs = (measure: (left: Plane, right: Plane) => number): number =>
    planes.reduce((sum, plane, index) => sum + measure(plane, original[index] ?? plane), 0) /
    planes.length;
  const fullReference = weighted(weights, {
    psnr: () => peakSignalToNoise(planes, original),
    ssim: () => pairs(structuralSimilarity),
    nlpd: () => pairs(normalisedLaplacianDistance),
    gmsd: () => pairs(gradientSimilarityDeviation),
  });
  if (weights.niqe === 0 && weights.brisque === 0) return { fullReference, noReference: 0 };
  const { niqe, brisque } = natural(planes);
  return {
    fullReference,
    noReference: weighted(weights, { niqe: () => niqe, brisque: () => brisque }),
  };
}

/** Metrics that a tile is too small for are no numbers, and count nothing. */
function weighted(
  weights: MetricWeights,
  metrics: Partial<Readonly<Record<keyof MetricWeights, () => number>>>,
): number {
  const names = ["psnr", "ssim", "nlpd", "gmsd", "niqe", "brisque"] as const;
  return names.reduce((sum, name) => {
    const metric = metrics[name];
    if (metric === undefined || weights[name] === 0) return sum;
    const value = metric() * units[name] * weights[name];
    return Number.isFinite(value) ? sum + value : sum;
  }, 0);
}
