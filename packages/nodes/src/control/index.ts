export * from "./images.js";
export * from "./mean-metrics.js";
export * from "./models.js";
export * from "./pick.js";
export * from "./switch.js";
