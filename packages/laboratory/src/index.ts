export * from "./plan/index.js";
export * from "./report/index.js";
export * from "./run/index.js";
