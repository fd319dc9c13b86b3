export * from "./cache/index.js";
export * from "./device/index.js";
export * from "./document/index.js";
export * from "./errors/index.js";
export * from "./events/index.js";
export * from "./nodes/index.js";
export * from "./sockets/index.js";
export * from "./values/index.js";
