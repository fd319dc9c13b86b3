export * from "./document-socket.js";
export * from "./documents.js";
export * from "./library-watchers.js";
