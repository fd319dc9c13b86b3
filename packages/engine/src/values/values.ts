import type { GraphScope, Value } from "@diopter/onnx";
import type { Tensor } from "./tensor.js";

/** A colour profile as it stood in the file. */
export interface ColourProfile {
  /** The bytes of an ICC profile. */
  readonly icc: Uint8Array;
}

/** What a picture was before it became floats; image/save returns to it by default. */
export interface ImageOrigin {
  readonly path?: string;
  readonly bitDepth: 8 | 16;
  /** The file held one channel; the pixels hold it three times. */
  readonly gray: boolean;
}

/** IMAGE: pictures of one size. */
export interface ImageValue {
  /** float32 [N, 3, H, W], values 0 to 1, sRGB-encoded. */
  readonly pixels: Tensor<"float32">;
  /** float32 [N, 1, H, W], 0 transparent to 1 opaque; absent when opaque throughout. */
  readonly alpha?: Tensor<"float32"> | undefined;
  readonly profile?: ColourProfile | undefined;
  readonly origin?: ImageOrigin | undefined;
}

/** MAP: one value per pixel, float32 [N, 1, H, W], 0 to 1. */
export interface MapValue {
  readonly values: Tensor<"float32">;
}

/** LATENT: pictures in a VAE's latent space. */
export interface LatentValue {
  /** float32 [N, C, h, w], scaled to unit variance by the VAE that made it. */
  readonly samples: Tensor<"float32">;
  /** The latent space: two VAEs with the same name for it can decode each other's latents. */
  readonly space: string;
  /** Pixels per latent element along each side, 8 for the VAEs that ship. */
  readonly downscale: number;
  /**
   * Pixels of the picture that was encoded, where its sides are no multiples of `downscale`: what
   * lies beyond, to the right and below, is padding.
   */
  readonly pictureSize?: { readonly width: number; readonly height: number } | undefined;
}

/**
 * A part of a model as a function from tensors to tensors, written into a graph under
 * construction. Pure: the same key always builds the same operators with the same weights.
 */
export interface TensorModule {
  /** Identity of architecture, options and weights: equal keys, equal function. */
  readonly key: string;
  build(
    graph: GraphScope,
    inputs: Readonly<Record<string, Value<"float32">>>,
  ): Readonly<Record<string, Value<"float32">>>;
}

/** VAE: a pair of modules between pictures and latents. */
export interface VaeValue {
  readonly name: string;
  readonly space: string;
  readonly channels: number;
  readonly downscale: number;
  /** Pixels beyond a tile's border that can influence it; tiles overlap by at least this. */
  readonly receptiveField: number;
  /** `image` [N,3,H,W] in 0..1, H and W multiples of `downscale` → `latent` [N,C,H/d,W/d]. */
  readonly encoder: TensorModule;
  /** `latent` → `image`, not clamped. */
  readonly decoder: TensorModule;
}

/** The forward process that a denoiser was trained on. Timesteps run from `timesteps` to 0. */
export type DiffusionProcess =
  | {
      /** x_t = √ᾱ·x0 + √(1 − ᾱ)·ε, √β from `betaStart` to `betaEnd` linearly (Stable Diffusion). */
      readonly kind: "scaled-linear";
      readonly timesteps: number;
      readonly betaStart: number;
      readonly betaEnd: number;
    }
  | {
      /** x_t = x0 + η·(y − x0) + κ·√η·ε (ResShift), η spread over `timesteps`. */
      readonly kind: "residual-shift";
      readonly timesteps: number;
      readonly kappa: number;
      readonly minNoise: number;
      readonly power: number;
    };

/** DENOISER: a network that sees a noisy latent, a timestep and the original's features. */
export interface DenoiserValue {
  readonly name: string;
  /** The latent space that it works in. */
  readonly space: string;
  readonly channels: number;
  /** Channels of the port `original`, which an INJECTION may modulate. */
  readonly originalChannels: number;
  readonly process: DiffusionProcess;
  readonly prediction: "x0" | "epsilon" | "v";
  readonly parameters: number;
  /**
   * `sample` [N,C,h,w] (already scaled as the process asks), `timestep` [N,1,1,1] or [N,1,h,w]
   * in 0..T, `original` [N,O,h,w] → `prediction` [N,C,h,w].
   */
  readonly network: TensorModule;
  /** Set for networks that know one timestep only and do not look at `timestep`. */
  readonly fixed?: FixedTimestep | undefined;
  /** For networks whose time modules can be taken out (TinySR, component streamlining). */
  readonly streamlining?: Streamlining | undefined;
}

/** The one timestep of a denoiser without time modules. */
export interface FixedTimestep {
  readonly timestep: number;
  /** What the noise at the start is multiplied by: 1 as the process has it, 0 for none. */
  readonly noise: number;
}

/** How a denoiser's time modules become constants. */
export interface Streamlining {
  /** `timestep` [1,1,1,1] → all that depends on time alone, [1,n,1,1] each, by name. */
  readonly constants: TensorModule;
  /** The denoiser with these numbers, computed at `timestep`, in the place of its time modules. */
  withConstants(timestep: number, constants: Readonly<Record<string, Float32Array>>): DenoiserValue;
}

/**
 * SCHEDULE: the timesteps that a sampler visits, strictly decreasing, the first the process's T
 * and the last 0; `steps` evaluations need `steps + 1` entries.
 */
export type ScheduleValue =
  | { readonly kind: "scalar"; readonly timesteps: readonly number[] }
  | {
      readonly kind: "map";
      /** One float32 tensor [1, 1, h, w] per entry, on the latent grid. */
      readonly timesteps: readonly Tensor<"float32">[];
    };

/** SAMPLER: the update rule between two timesteps. */
export interface SamplerValue {
  readonly kind: "ddim" | "ddpm" | "euler" | "residual-shift";
  /** 0 deterministic to 1 as noisy as the forward process; only where the rule has it. */
  readonly eta: number;
}

/** TILES: a layout over a picture or latent and the tiles cut from it, all of one shape. */
export interface TilesValue {
  readonly layout: TileLayout;
  /** What the tiles were cut from; merging restores the same kind of value. */
  readonly content: "image" | "latent";
  /** Tile by tile, in row-major order of the layout: the same value as the whole, cut. */
  readonly tiles: readonly Tensor<"float32">[];
  readonly source: ImageValue | LatentValue;
}

/** Where tiles lie. Every tile has the same size; the last of a row is pulled back inside. */
export interface TileLayout {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly overlap: number;
  /** Left and top corner of each tile, row-major. */
  readonly origins: readonly { readonly x: number; readonly y: number }[];
}

/** METRICS: named measurements of a picture. */
export type MetricsValue = Readonly<Record<string, number>>;

/** GAIN, POLICY, INJECTION: what acts inside the sampling loop; each names its kind. */
export interface LoopPartValue {
  readonly kind: string;
  readonly key: string;
  readonly modules: Readonly<Record<string, TensorModule>>;
  readonly options: Readonly<Record<string, number | string | boolean>>;
}
