export { parseConfig } from "./denoiser-config.js";
export { type DenoiserOptions, diopterDenoiser } from "./diopter-denoiser.js";
export { diopterVae } from "./diopter-vae.js";
export type { Checkpoint, ModelFamily } from "./model-family.js";
export { Weights } from "./weights.js";
