export * from "./bootstrap.js";
export * from "./steps.js";
export * from "./summarise.js";
