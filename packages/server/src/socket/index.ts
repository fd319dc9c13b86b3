export * from "./connection.js";
export * from "./hub.js";
export * from "./upgrades.js";
