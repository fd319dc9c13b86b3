export * from "./data-folders.js";
export * from "./run-configuration.js";
export * from "./server-settings.js";
