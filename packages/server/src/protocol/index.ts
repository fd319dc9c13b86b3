/** Where the server listens unless it is told otherwise: ComfyUI's clients look there. */
export const defaultAddress = { host: "127.0.0.1", port: 8188 } as const;
