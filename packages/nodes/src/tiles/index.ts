export * from "./cut-tile.js";
export * from "./gaussian-weights.js";
export * from "./layout.js";
export * from "./merge.js";
export * from "./merge-latent.js";
export * from "./split.js";
export * from "./split-latent.js";
export * from "./tile-accumulator.js";
