export * from "./disk-cache.js";
export * from "./hash-file.js";
export * from "./leases.js";
export * from "./memory-cache.js";
export * from "./node-key.js";
export * from "./serialize.js";
export * from "./tiered-cache.js";
export * from "./value-cache.js";
