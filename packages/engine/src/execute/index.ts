export * from "./run-options.js";
export * from "./run-report.js";
