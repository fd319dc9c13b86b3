export * from "./load-node-packages.js";
export * from "./package-name.js";
