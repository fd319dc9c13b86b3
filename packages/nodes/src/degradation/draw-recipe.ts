import { createDraws, type Draws } from "./draws.js";
import type { DegradationRanges, StageRanges } from "./ranges.js";
import type { BlurOperation, JpegOperation, Operation, Recipe, ResizeOperation } from "./recipe.js";
import { bellKernels, degradationFilters } from "./recipe.js";

export interface RecipeRequest {
  /** A whole number from 0 to 2^53 − 1. */
  readonly seed: number;
  /** Which picture of a batch, 0 by default: pictures of one seed get recipes of their own. */
  readonly item?: number;
  /** The sharp picture's size in pixels. */
  readonly width: number;
  readonly height: number;
  /** How many times smaller the result is, 4 by default. */
  readonly scale?: number;
  readonly ranges: DegradationRanges;
}

const smallestKernel = 7;
const largestKernel = 21;
/** Isotropic and anisotropic kernels together; `isotropicShares` parts them again. */
const kernelProbabilities = [0.45 + 0.25, 0.12 + 0.03, 0.12 + 0.03];
const isotropicShares = { gaussian: 0.45 / 0.7, generalised: 0.12 / 0.15, plateau: 0.12 / 0.15 };

/**
 * Draws a two-stage degradation that ends at ⌊side / scale⌋, at least one pixel.
 *
 * The draws come from Philox (see {@link createDraws}) in the order of the training's
 * `draw_recipe`, which takes any generator of its interface: given the same Philox draws it returns
 * the same recipe for sides that are multiples of the scale. The training itself draws its pairs
 * with NumPy's generator; there only the application of recipes agrees, not their seeds.
 *
 * Source: X. Wang et al., "Real-ESRGAN", ICCVW 2021.
 */
export function drawRecipe(request: RecipeRequest): Recipe {
  const { seed, item, width, height, scale = 4, ranges } = request;
  const { first, second } = ranges;
  const draws = createDraws(seed, item);
  const operations: Operation[] = [drawBlur(draws, first)];
  const firstFactor = drawFactor(draws, first);
  operations.push(drawResize(draws, width * firstFactor, height * firstFactor));
  operations.push(drawNoise(draws, first, 0));
  operations.push(drawJpeg(draws, first));
  if (draws.uniform() < second.blurProbability) operations.push(drawBlur(draws, second));
  const secondFactor = drawFactor(draws, second) / scale;
  operations.push(drawResize(draws, width * secondFactor, height * secondFactor));
  operations.push(drawNoise(draws, second, 1));
  const last: Operation[] = [
    drawResize(draws, Math.floor(width / scale), Math.floor(height / scale)),
  ];
  if (draws.uniform() < ranges.finalSincProbability) last.push(drawSinc(draws));
  const compression = drawJpeg(draws, second);
  const compressionLast = draws.uniform() < 0.5;
  operations.push(...(compressionLast ? [...last, compression] : [compression, ...last]));
  return { seed: draws.integer(0, 2 ** 53), operations };
}

/** Antialiased bicubic reduction alone, to ⌊side / scale⌋, at least one pixel. */
export function bicubicRecipe(width: number, height: number, scale = 4): Recipe {
  const operation: ResizeOperation = {
    kind: "resize",
    width: Math.max(1, Math.floor(width / scale)),
    height: Math.max(1, Math.floor(height / scale)),
    filter: "bicubic",
  };
  return { seed: 0, operations: [operation] };
}

function drawSize(draws: Draws): number {
  return draws.integer(Math.floor(smallestKernel / 2), Math.floor(largestKernel / 2) + 1) * 2 + 1;
}

function drawSinc(draws: Draws): BlurOperation {
  const size = drawSize(draws);
  const lowest = size < 13 ? Math.PI / 3 : Math.PI / 5;
  return { kind: "blur", kernel: "sinc", size, cutoff: draws.uniform(lowest, Math.PI) };
}

function drawBlur(draws: Draws, stage: StageRanges): BlurOperation {
  if (draws.uniform() < stage.sincProbability) return drawSinc(draws);
  const kernel = bellKernels[draws.index(kernelProbabilities)] ?? "gaussian";
  const isotropic = draws.uniform() < isotropicShares[kernel];
  const sigmaX = draws.uniform(...stage.blurSigma);
  const blur = {
    kind: "blur",
    kernel,
    size: drawSize(draws),
    sigmaX,
    sigmaY: isotropic ? sigmaX : draws.uniform(...stage.blurSigma),
    rotation: isotropic ? 0 : draws.uniform(-Math.PI, Math.PI),
  } as const;
  if (kernel === "gaussian") return blur;
  const limits = kernel === "generalised" ? stage.generalisedBeta : stage.plateauBeta;
  return { ...blur, beta: drawExponent(draws, limits) };
}

/** Below 1 in half of the cases, if the range goes there, above in the others. */
function drawExponent(draws: Draws, [low, high]: readonly [number, number]): number {
  const below = draws.uniform() < 0.5 && low < 1;
  return below ? draws.uniform(low, 1) : draws.uniform(1, high);
}

function drawFactor(draws: Draws, stage: StageRanges): number {
  const [low, high] = stage.resize;
  const choice = draws.index(stage.resizeProbabilities);
  if (choice === 0) return draws.uniform(1, high);
  return choice === 1 ? draws.uniform(low, 1) : 1;
}

function drawResize(draws: Draws, width: number, height: number): ResizeOperation {
  return {
    kind: "resize",
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
    filter: degradationFilters[draws.integer(0, degradationFilters.length)] ?? "bicubic",
  };
}

function drawNoise(draws: Draws, stage: StageRanges, stream: number): Operation {
  const gray = draws.uniform() < stage.grayProbability;
  if (draws.uniform() < stage.gaussianProbability) {
    return { kind: "gaussian-noise", sigma: draws.uniform(...stage.noiseSigma), gray, stream };
  }
  return { kind: "poisson-noise", scale: draws.uniform(...stage.poissonScale), gray, stream };
}

function drawJpeg(draws: Draws, stage: StageRanges): JpegOperation {
  return { kind: "jpeg", quality: Math.round(draws.uniform(...stage.quality)) };
}
