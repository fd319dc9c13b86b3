export * from "./codes.js";
export * from "./diopter-error.js";
