export * from "./errors.js";
export * from "./events.js";
export * from "./frames.js";
export * from "./jobs.js";
export * from "./library.js";
export * from "./nodes.js";
export * from "./socket.js";

/** Where the server listens unless it is told otherwise: ComfyUI's clients look there. */
export const defaultAddress = { host: "127.0.0.1", port: 8188 } as const;

/** Where the API begins. */
export const apiPrefix = "/api/v1";
