export * from "./housekeeping.js";
export * from "./jobs.js";
export * from "./news.js";
export type { JobDetails } from "./settle.js";
