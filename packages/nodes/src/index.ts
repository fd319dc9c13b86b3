import { createRegistry, type NodeDefinition } from "@diopter/engine";
import { images, meanMetrics, models, pick, switchImage } from "./control/index.js";
import { customGain, metricsGain, mmle } from "./gain/index.js";
import {
  colorFix,
  compare,
  crop,
  degradeImage,
  loadImage,
  resize,
  saveImage,
} from "./image/index.js";
import { concatInjection, crossAttentionInjection, pfj } from "./injection/index.js";
import { decode, encode } from "./latent/index.js";
import { bandSnr, brisque, gmsd, niqe, nlpd, psnr, ssim } from "./metrics/index.js";
import { loadDenoiser, loadVae } from "./model/index.js";
import {
  ddim,
  ddpm,
  dtss,
  euler,
  residualShift,
  sample,
  sampleAdaptive,
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
  concatInjection,
  crop,
  crossAttentionInjection,
  customGain,
  ddim,
  ddpm,
  decode,
  degradeImage,
  dtss,
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
  metricsGain,
  mmle,
  models,
  niqe,
  nlpd,
  pfj,
  pick,
  psnr,
  residualShift,
  resize,
  sample,
  sampleAdaptive,
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
