export * from "./file-states.js";
export * from "./node-state.js";
