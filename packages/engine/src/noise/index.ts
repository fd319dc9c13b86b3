export * from "./gaussian-noise.js";
export * from "./noise-source.js";
export * from "./noise-thread.js";
export * from "./philox.js";
