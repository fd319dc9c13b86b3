export * from "./gaussian-noise.js";
export * from "./philox.js";
