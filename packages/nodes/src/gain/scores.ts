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
 * What a metric's value is multiplied by, so that larger is better throughout and the metrics weigh
 * alike: the units that the regressor that ships was trained in.
 */
const units: MetricWeights = {
  psnr: 0.125,
  ssim: 3.1,
  nlpd: -4.2,
  gmsd: -8.9,
  niqe: -0.1,
  brisque: -0.6,
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
  const planes = [latentPlanes(clean), latentPlanes(original)] as const;
  return scorePlanes(planes, planes, weights, naturalLatents);
}

/** R of a picture [3, H, W] of 0..1: PSNR of all channels, the other metrics of the luma. */
export function scorePicture(
  picture: ScoredArray,
  original: ScoredArray,
  weights: MetricWeights,
): Score {
  const lumaOf = ({ data, width, height }: ScoredArray) => lumaPlanes(data, width, height);
  const coloursOf = ({ data, width, height }: ScoredArray) => channelPlanes(data, width, height);
  const colours = [coloursOf(picture), coloursOf(original)] as const;
  return scorePlanes(colours, [lumaOf(picture), lumaOf(original)], weights, naturalPictures);
}

function latentPlanes({ data, width, height }: ScoredArray): readonly Plane[] {
  const scaled = data.map((value) => value / 8 + 0.5);
  return channelPlanes(scaled, width, height);
}

type PlanePairs = readonly [own: readonly Plane[], original: readonly Plane[]];

function scorePlanes(
  colours: PlanePairs,
  [planes, original]: PlanePairs,
  weights: MetricWeights,
  natural: NaturalMeasure,
): Score {
  const pairs = (measure: (left: Plane, right: Plane) => number): number =>
    planes.reduce((sum, plane, index) => sum + measure(plane, original[index] ?? plane), 0) /
    planes.length;
  const fullReference = weighted(weights, {
    psnr: () => peakSignalToNoise(...colours),
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
