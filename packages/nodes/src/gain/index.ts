export * from "./custom.js";
export * from "./metrics.js";
export * from "./mmle.js";
