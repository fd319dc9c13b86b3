export * from "./color-fix.js";
export * from "./compare.js";
export * from "./crop.js";
export * from "./degrade.js";
export * from "./load.js";
export * from "./resample/index.js";
export * from "./resize.js";
export * from "./save.js";
