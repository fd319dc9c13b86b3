export * from "./document-socket.js";
export * from "./documents.js";
