import { createRegistry, type NodeDefinition } from "@diopter/engine";
import { images, meanMetrics, models, pick, switchImage } from "./control/index.js";
import {
  colorFix,
  compare,
  crop,
  degradeImage,
  loadImage,
  resize,
  saveImage,
} from "./image/index.js";
import { decode, encode } from "./latent/index.js";
import { bandSnr, brisque, gmsd, niqe, nlpd, psnr, ssim } from "./metrics/index.js";
import { loadDenoiser, loadVae } from "./model/index.js";
import {
  ddim,
  ddpm,
  euler,
  residualShift,
  sample,
  sdsSchedule,
  tdsSchedule,
  uniformSchedule,
  varianceMap,
} from "./sampling/index.js";
import { mergeLatent, mergeTiles, splitLatent, splitTiles } from "./tiles/index.js";

/** Every node that ships. */
export const definitions: readonly NodeDefinition[] = [
  bandSnr,
  brisque,
  colorFix,
  compare,
  crop,
  ddim,
  ddpm,
  decode,
  degradeImage,
  encode,
  euler,
  gmsd,
  images,
  loadDenoiser,
  loadImage,
  loadVae,
  meanMetrics,
  mergeLatent,
  mergeTiles,
  models,
  niqe,
  nlpd,
  pick,
  psnr,
  residualShift,
  resize,
  sample,
  saveImage,
  sdsSchedule,
  splitLatent,
  splitTiles,
  ssim,
  switchImage,
  tdsSchedule,
  uniformSchedule,
  varianceMap,
];

/** The nodes that ship, by type. */
export const registry = createRegistry(definitions);

export { shippedModels } from "./model/index.js";
export { findEmbeddedWorkflow, readEmbeddedWorkflow } from "./pictures/index.js";
