export { parseConfig } from "./denoiser-config.js";
export { type DenoiserOptions, diopterDenoiser } from "./diopter-denoiser.js";
export { diopterGain } from "./diopter-gain.js";
export { diopterInjection, type InjectionKind } from "./diopter-injection.js";
export { diopterVae } from "./diopter-vae.js";
export { fixedDenoiser } from "./fixed-denoiser.js";
export type { Checkpoint, ModelFamily } from "./model-family.js";
export { Weights } from "./weights.js";
