export * from "./can-connect.js";
export * from "./can-plug.js";
export * from "./socket-types.js";
