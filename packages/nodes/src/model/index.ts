export * from "./load-denoiser.js";
export * from "./load-vae.js";
export * from "./shipped-models.js";
export * from "./streamline.js";
