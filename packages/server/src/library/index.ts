export * from "./library.js";
export * from "./list-pictures.js";
export * from "./pictures.js";
export * from "./templates.js";
export * from "./uploads.js";
