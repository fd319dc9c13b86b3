export * from "./tensor.js";
export * from "./values.js";
