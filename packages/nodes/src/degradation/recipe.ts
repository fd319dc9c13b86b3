/**
 * What a degradation does, as plain JSON: everything that {@link degrade} needs, the seed of the
 * noise included. Python's `diopter_training.degradation` applies the same recipes with the same
 * result, `unsharp-mask` excepted, which only this side knows.
 */
export interface Recipe {
  /** Keys the noise: a whole number from 0 to 2^53 − 1. */
  readonly seed: number;
  /** Applied in their order. */
  readonly operations: readonly Operation[];
}

export type Operation =
  | BlurOperation
  | ResizeOperation
  | GaussianNoiseOperation
  | PoissonNoiseOperation
  | JpegOperation
  | UnsharpMaskOperation;

/** A blur whose strength falls with the distance d² = vᵀ Σ⁻¹ v from the centre. */
export interface BellBlur {
  readonly kind: "blur";
  readonly kernel: BellKernel;
  /** Odd, in pixels. */
  readonly size: number;
  /** Standard deviations along the rotated axes, in pixels. */
  readonly sigmaX: number;
  readonly sigmaY: number;
  /** Radians. */
  readonly rotation: number;
  /** The exponent of `generalised` and `plateau`; 1 when absent. */
  readonly beta?: number;
}

/** exp(−d²/2), exp(−d^2β/2) and 1 / (1 + d^2β). */
export const bellKernels = ["gaussian", "generalised", "plateau"] as const;
export type BellKernel = (typeof bellKernels)[number];

/** An ideal circular low-pass, which rings at edges. */
export interface SincBlur {
  readonly kind: "blur";
  readonly kernel: "sinc";
  /** Odd, in pixels. */
  readonly size: number;
  /** Radians per pixel, up to π. */
  readonly cutoff: number;
}

export type BlurOperation = BellBlur | SincBlur;

export const degradationFilters = ["area", "bilinear", "bicubic"] as const;
export type DegradationFilter = (typeof degradationFilters)[number];

/** Antialiased resampling to a size in pixels. */
export interface ResizeOperation {
  readonly kind: "resize";
  readonly height: number;
  readonly width: number;
  readonly filter: DegradationFilter;
}

interface NoiseOperation {
  /** One plane of noise for all channels. */
  readonly gray: boolean;
  /** Tells the noises of one recipe apart: the `step` of the engine's `gaussianNoise`. */
  readonly stream: number;
}

export interface GaussianNoiseOperation extends NoiseOperation {
  readonly kind: "gaussian-noise";
  /** Standard deviation, of 255. */
  readonly sigma: number;
}

/** Shot noise in its normal approximation: deviation scale · √(value / 256), values 0 to 1. */
export interface PoissonNoiseOperation extends NoiseOperation {
  readonly kind: "poisson-noise";
  readonly scale: number;
}

/** Baseline JPEG, colours halved (4:2:0), libjpeg's standard tables at `quality`. */
export interface JpegOperation {
  readonly kind: "jpeg";
  /** 1 to 100. */
  readonly quality: number;
}

/** Sharpens where the difference from the blurred picture exceeds the threshold. */
export interface UnsharpMaskOperation {
  readonly kind: "unsharp-mask";
  /** Of the difference that is added. */
  readonly weight: number;
  /** Odd: pixels of the Gaussian window. */
  readonly size: number;
  /** Of 255. */
  readonly threshold: number;
}
