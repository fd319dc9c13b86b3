export * from "./embedded-workflow.js";
export * from "./encode-picture.js";
export type { FloatPicture } from "./quantise.js";
export * from "./read-picture.js";
export * from "./write-file.js";
