export * from "./filters.js";
export * from "./resample.js";
