export * from "./metrics.js";
export * from "./open-api.js";
