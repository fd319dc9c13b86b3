export * from "./result-store.js";
