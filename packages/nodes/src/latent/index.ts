export { decode } from "./decode.js";
export { encode } from "./encode.js";
export { resizeLatent } from "./resize.js";
