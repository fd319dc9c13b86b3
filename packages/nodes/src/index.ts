import { createRegistry, type NodeDefinition } from "@diopter/engine";
import {
  images,
  meanMetrics,
  models,
  pick,
  switchImage,
  switchLatent,
  switchMap,
  switchNumber,
  switchText,
} from "./control/index.js";
import { customGain, metricsGain, mmle } from "./gain/index.js";
import {
  batch,
  blend,
  colorFix,
  compare,
  crop,
  cropToRatio,
  degradeImage,
  invert,
  loadImage,
  loadMask,
  resize,
  saveImage,
} from "./image/index.js";
import { concatInjection, crossAttentionInjection, pfj } from "./injection/index.js";
import { decode, encode, resizeLatent } from "./latent/index.js";
import { bandSnr, brisque, gmsd, niqe, nlpd, psnr, ssim } from "./metrics/index.js";
import { loadDenoiser, loadVae, streamline } from "./model/index.js";
import {
  ddim,
  ddpm,
  dtss,
  euler,
  oneStep,
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
  batch,
  blend,
  brisque,
  colorFix,
  compare,
  concatInjection,
  crop,
  cropToRatio,
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
  invert,
  loadDenoiser,
  loadImage,
  loadMask,
  loadVae,
  meanMetrics,
  mergeLatent,
  mergeTiles,
  metricsGain,
  mmle,
  models,
  niqe,
  nlpd,
  oneStep,
  pfj,
  pick,
  psnr,
  residualShift,
  resize,
  resizeLatent,
  sample,
  sampleAdaptive,
  saveImage,
  sdsSchedule,
  splitLatent,
  splitTiles,
  ssim,
  streamline,
  switchImage,
  switchLatent,
  switchMap,
  switchNumber,
  switchText,
  tdsSchedule,
  uniformSchedule,
  varianceMap,
];

/** The nodes that ship, by type. */
export const registry = createRegistry(definitions);

export { shippedModels } from "./model/index.js";
export {
  type ComfyuiTexts,
  findComfyuiTexts,
  findEmbeddedWorkflow,
  readEmbeddedWorkflow,
} from "./pictures/index.js";
