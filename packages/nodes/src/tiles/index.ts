export * from "./cut-tile.js";
export * from "./gaussian-weights.js";
export * from "./layout.js";
export * from "./tile-accumulator.js";
