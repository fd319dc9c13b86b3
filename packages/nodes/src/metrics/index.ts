export * from "./measures/index.js";
export * from "./psnr.js";
export * from "./ssim.js";
