/** What the thread sends once it can draw. */
export const ready = "ready";

/** What it sends for each request, in their order. */
export type NoiseAnswer = Float32Array<ArrayBuffer> | undefined;
