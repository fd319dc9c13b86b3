export * from "./software-webgpu.js";
