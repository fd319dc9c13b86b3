export * from "./concat.js";
export * from "./cross-attention.js";
export * from "./pfj.js";
