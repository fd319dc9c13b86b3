export * from "./contained-path.js";
export * from "./graph-group.js";
export * from "./list-files.js";
export * from "./results.js";
export * from "./run-options.js";
export * from "./run-report.js";
export * from "./run-workflow.js";
export * from "./shipped-file.js";
