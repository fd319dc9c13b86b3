export * from "./job-watchers.js";
export * from "./queue-watchers.js";
