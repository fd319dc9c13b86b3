export * from "./pictures.js";
export * from "./plan.js";
export * from "./read-plan.js";
export * from "./rows.js";
