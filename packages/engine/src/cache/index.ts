export * from "./hash-file.js";
export * from "./leases.js";
export * from "./memory-cache.js";
export * from "./node-key.js";
export * from "./value-cache.js";
