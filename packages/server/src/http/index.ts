export * from "./app.js";
export * from "./request-errors.js";
export * from "./route.js";
export * from "./status.js";
