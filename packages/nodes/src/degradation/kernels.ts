import type { BellBlur, BlurOperation, SincBlur } from "./recipe.js";

/** Weights of a correlation, row by row; they sum to 1. */
export interface Kernel {
  readonly width: number;
  readonly height: number;
  readonly weights: Float64Array;
}

/**
 * The kernel of a blur, size × size, unchanged by half a turn.
 *
 * Source: X. Wang et al., "Real-ESRGAN", ICCVW 2021, section 3.1 (Gaussian kernels) and 3.3 (sinc).
 */
export function blurKernel(operation: BlurOperation): Kernel {
  const { size } = operation;
  const weightAt = operation.kernel === "sinc" ? sincWeight(operation) : bellWeight(operation);
  const centre = (size - 1) / 2;
  const weights = Float64Array.from({ length: size * size }, (_, place) =>
    weightAt((place % size) - centre, Math.floor(place / size) - centre),
  );
  return { width: size, height: size, weights: normalise(weights) };
}

/** A Gaussian window of one row (or, transposed, one column). */
export function gaussianRow(size: number, sigma: number): Kernel {
  const centre = (size - 1) / 2;
  const weights = Float64Array.from({ length: size }, (_, place) =>
    Math.exp(-((place - centre) ** 2) / (2 * sigma ** 2)),
  );
  return { width: size, height: 1, weights: normalise(weights) };
}

type WeightAt = (x: number, y: number) => number;

function bellWeight({ kernel, sigmaX, sigmaY, rotation, beta = 1 }: BellBlur): WeightAt {
  const [cosine, sine] = [Math.cos(rotation), Math.sin(rotation)];
  return (x, y) => {
    const along = (cosine * x + sine * y) / sigmaX;
    const across = (cosine * y - sine * x) / sigmaY;
    const distance = along * along + across * across;
    if (kernel === "gaussian") return Math.exp(-0.5 * distance);
    if (kernel === "generalised") return Math.exp(-0.5 * distance ** beta);
    return 1 / (distance ** beta + 1);
  };
}

/** ω J₁(ω r) / (2π r), at the centre ω² / 4π. */
function sincWeight({ cutoff }: SincBlur): WeightAt {
  return (x, y) => {
    const radius = Math.hypot(x, y);
    if (radius === 0) return cutoff ** 2 / (4 * Math.PI);
    return (cutoff * besselJ1(cutoff * radius)) / (2 * Math.PI * radius);
  };
}

const besselNodes = 256;

/**
 * J₁ by the midpoint rule on (1/π) ∫ cos(τ − x sin τ) dτ over 0..π. The integrand is smooth and
 * periodic: 256 nodes give full precision for |x| < 100.
 */
export function besselJ1(x: number): number {
  let sum = 0;
  for (let node = 0; node < besselNodes; node += 1) {
    const tau = (node + 0.5) * (Math.PI / besselNodes);
    sum += Math.cos(tau - x * Math.sin(tau));
  }
  return sum / besselNodes;
}

function normalise(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
