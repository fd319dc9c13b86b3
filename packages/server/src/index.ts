export * from "./protocol/index.js";
export * from "./server.js";
export * from "./settings/index.js";
