export * from "./write-report.js";
