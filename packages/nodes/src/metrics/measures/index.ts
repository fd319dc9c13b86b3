export * from "./gmsd.js";
export * from "./nlpd.js";
export * from "./plane.js";
export * from "./psnr.js";
export * from "./ssim.js";
