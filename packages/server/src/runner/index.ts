export * from "./dispatcher.js";
export * from "./load-registry.js";
export * from "./messages.js";
export * from "./runner-slot.js";
