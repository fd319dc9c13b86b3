import type {
  DenoiserValue,
  ImageValue,
  LatentValue,
  LoopPartValue,
  MapValue,
  MetricsValue,
  SamplerValue,
  ScheduleValue,
  TilesValue,
  VaeValue,
} from "../values/index.js";

/** What travels over a wire of each socket type. */
export interface SocketValues {
  readonly IMAGE: ImageValue;
  readonly MAP: MapValue;
  readonly LATENT: LatentValue;
  readonly VAE: VaeValue;
  readonly DENOISER: DenoiserValue;
  readonly SCHEDULE: ScheduleValue;
  readonly SAMPLER: SamplerValue;
  readonly GAIN: LoopPartValue;
  readonly POLICY: LoopPartValue;
  readonly INJECTION: LoopPartValue;
  readonly TILES: TilesValue;
  readonly METRICS: MetricsValue;
  readonly TEXT: string;
  readonly NUMBER: number;
  readonly INTEGER: number;
  readonly BOOLEAN: boolean;
}

/** The name of a socket type. */
export type SocketType = keyof SocketValues;

/** Any value that travels over a wire. */
export type SocketValue = SocketValues[SocketType];

/** How a socket type is shown and what else may be plugged into it. */
export interface SocketDescription {
  readonly colour: string;
  readonly description: string;
  /** Types of outputs, besides its own, that an input of this type takes. */
  readonly accepts: readonly SocketType[];
}

/** Declared once: colour, meaning and compatibility of every socket type. */
export const socketTypes: Readonly<Record<SocketType, SocketDescription>> = {
  IMAGE: { colour: "#6fa8dc", description: "A picture, sRGB, 0 to 1", accepts: [] },
  MAP: { colour: "#93c47d", description: "One value from 0 to 1 for each pixel", accepts: [] },
  LATENT: { colour: "#c27ba0", description: "A picture in a VAE's latent space", accepts: [] },
  VAE: { colour: "#e06666", description: "Turns pictures into latents and back", accepts: [] },
  DENOISER: { colour: "#8e7cc3", description: "A diffusion model", accepts: [] },
  SCHEDULE: { colour: "#f6b26b", description: "The timesteps that a sampler visits", accepts: [] },
  SAMPLER: { colour: "#e69138", description: "The rule for one sampling step", accepts: [] },
  GAIN: { colour: "#76a5af", description: "Estimates what a step has gained", accepts: [] },
  POLICY: { colour: "#45818e", description: "Decides a tile's next timestep", accepts: [] },
  INJECTION: { colour: "#b2608a", description: "Modulates the original's features", accepts: [] },
  TILES: { colour: "#bf9000", description: "A layout and the tiles cut by it", accepts: [] },
  METRICS: { colour: "#999999", description: "Named measurements", accepts: [] },
  TEXT: { colour: "#b7b7b7", description: "Text", accepts: [] },
  NUMBER: { colour: "#a2c4c9", description: "A number", accepts: ["INTEGER"] },
  INTEGER: { colour: "#9fc5e8", description: "A whole number", accepts: [] },
  BOOLEAN: { colour: "#b6d7a8", description: "True or false", accepts: [] },
};
