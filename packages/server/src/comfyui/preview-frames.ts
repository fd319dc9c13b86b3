import type { PreviewHeader } from "../protocol/index.js";

const previewEvent = 1;
const previewWithMetadataEvent = 4;
const formats: Readonly<Record<string, number>> = { "image/jpeg": 1, "image/png": 2 };

/** A preview as clients of before know it: event, format, bytes. Undefined for what is no picture. */
export function previewFrame({ mime }: PreviewHeader, bytes: Uint8Array): Uint8Array | undefined {
  const format = formats[mime ?? ""];
  if (format === undefined) return undefined;
  const frame = new Uint8Array(8 + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, previewEvent);
  view.setUint32(4, format);
  frame.set(bytes, 8);
  return frame;
}

/** A preview that says whose it is, for clients that have asked for it. */
export function describedPreviewFrame(
  { mime, job }: PreviewHeader,
  node: string,
  bytes: Uint8Array,
): Uint8Array | undefined {
  if (formats[mime ?? ""] === undefined) return undefined;
  const metadata = {
    node_id: node,
    prompt_id: job,
    display_node_id: node,
    parent_node_id: null,
    real_node_id: node,
    image_type: mime,
  };
  const json = new TextEncoder().encode(JSON.stringify(metadata));
  const frame = new Uint8Array(8 + json.length + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, previewWithMetadataEvent);
  view.setUint32(4, json.length);
  frame.set(json, 8);
  frame.set(bytes, 8 + json.length);
  return frame;
}
