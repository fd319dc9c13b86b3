export * from "./document-id.js";
export * from "./gate.js";
export * from "./headers.js";
export * from "./rate-limit.js";
export * from "./redact.js";
export * from "./token.js";
