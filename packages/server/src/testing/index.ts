export * from "./served-process.js";
export * from "./test-nodes.js";
export * from "./test-server.js";
