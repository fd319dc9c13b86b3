import { z } from "zod";

const count = z.int().min(0);
const tileStepSchema = z.object({
  from: z.number(),
  to: z.number(),
  category: z.string(),
  gain: z.object({ fullReference: z.number(), noReference: z.number() }).exactOptional(),
});

/** Tiles of a sampling run and the steps that each has taken: see Preview of the engine. */
export const tilesPreviewSchema = z.object({
  item: count,
  layout: z.object({
    width: count,
    height: count,
    tileWidth: count,
    tileHeight: count,
    overlap: count,
    origins: z.array(z.object({ x: count, y: count })),
  }),
  tiles: z.array(z.object({ steps: z.array(tileStepSchema), finished: z.boolean() })),
});
export type TilesPreview = z.infer<typeof tilesPreviewSchema>;

/** What a preview frame says of the bytes that follow it. */
export const previewHeaderSchema = z.object({
  type: z.literal("preview"),
  job: z.string(),
  node: z.string(),
  item: z.array(z.int()).exactOptional(),
  /**
   * `image` and `heat-map` carry a picture; `curves` has `x`, `y` and `series`, and `tiles` has
   * `tiles`, and no bytes.
   */
  kind: z.enum(["image", "heat-map", "curves", "tiles"]),
  /** Counts up within a job: a frame that is lower than the last of its node is out of date. */
  sequence: z.int(),
  mime: z.string().exactOptional(),
  width: z.int().exactOptional(),
  height: z.int().exactOptional(),
  x: z.string().exactOptional(),
  y: z.string().exactOptional(),
  series: z.array(z.object({ name: z.string(), points: z.array(z.number()) })).exactOptional(),
  tiles: tilesPreviewSchema.exactOptional(),
});
export type PreviewHeader = z.infer<typeof previewHeaderSchema>;

/** A binary frame: u32 (big-endian) length of the header, the header as JSON, the bytes. */
export function encodeFrame(header: PreviewHeader, bytes: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(4 + json.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, json.length);
  frame.set(json, 4);
  frame.set(bytes, 4 + json.length);
  return frame;
}

/**
 * The header of a binary frame and the bytes after it, which are not copied.
 * @throws RangeError, SyntaxError or ZodError for what {@link encodeFrame} did not write.
 */
export function decodeFrame(frame: Uint8Array): {
  readonly header: PreviewHeader;
  readonly bytes: Uint8Array;
} {
  const length = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0);
  if (4 + length > frame.length) throw new RangeError("The frame ends within its header.");
  const json = new TextDecoder().decode(frame.subarray(4, 4 + length));
  return { header: previewHeaderSchema.parse(JSON.parse(json)), bytes: frame.subarray(4 + length) };
}
