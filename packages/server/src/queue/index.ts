export * from "./database.js";
export * from "./job-errors.js";
export * from "./job-queue.js";
export * from "./result-references.js";
export * from "./stored-job.js";
