export * from "./band-snr.js";
export * from "./brisque.js";
export * from "./gmsd.js";
export * from "./measures/index.js";
export * from "./niqe.js";
export * from "./nlpd.js";
export * from "./psnr.js";
export * from "./ssim.js";
