import { createRegistry, type NodeDefinition } from "@diopter/engine";
import { colorFix, compare, crop, loadImage, resize, saveImage } from "./image/index.js";
import { psnr, ssim } from "./metrics/index.js";
import { mergeLatent, mergeTiles, splitLatent, splitTiles } from "./tiles/index.js";

/** Every node that ships. */
export const definitions: readonly NodeDefinition[] = [
  colorFix,
  compare,
  crop,
  loadImage,
  mergeLatent,
  mergeTiles,
  psnr,
  resize,
  saveImage,
  splitLatent,
  splitTiles,
  ssim,
];

/** The nodes that ship, by type. */
export const registry = createRegistry(definitions);

export { findEmbeddedWorkflow, readEmbeddedWorkflow } from "./pictures/index.js";
