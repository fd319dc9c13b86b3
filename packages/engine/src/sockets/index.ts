export * from "./socket-types.js";
