export * from "./many-files.js";
export * from "./plan.js";
export * from "./plan-workflow.js";
