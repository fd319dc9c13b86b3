export * from "./plan.js";
export * from "./plan-workflow.js";
