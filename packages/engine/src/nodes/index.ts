export * from "./context.js";
export * from "./define-node.js";
export * from "./describe.js";
export * from "./params.js";
export * from "./port-registry.js";
export * from "./ports.js";
export * from "./registry.js";
