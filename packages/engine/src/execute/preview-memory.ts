import type { Preview } from "../nodes/index.js";

/** Bytes that numbers take which lie in no tensor. */
const bytesPerNumber = 8;

/**
 * The last preview of every kind that a node has shown, by the node's key: a node whose result is
 * known runs no more and can still be looked at. Bounded in bytes; what has not been asked for
 * longest goes first.
 */
export class PreviewMemory {
  readonly #maxBytes: number;
  /** Ordered by use, the least recent first. */
  readonly #kept = new Map<string, ReadonlyMap<Preview["kind"], Preview>>();
  #bytes = 0;

  constructor({ maxBytes }: { readonly maxBytes: number }) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps a preview in the place of the node's last one of its kind. */
  keep(key: string, preview: Preview): void {
    const before = this.#kept.get(key);
    this.#forget(key);
    const previews = new Map([...(before ?? []), [preview.kind, preview]]);
    const bytes = bytesOf(previews);
    if (bytes > this.#maxBytes) return;
    this.#kept.set(key, previews);
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#forget(oldest);
    }
  }

  /** What the node with this key has shown last, one of a kind. */
  of(key: string): readonly Preview[] {
    const previews = this.#kept.get(key);
    if (previews === undefined) return [];
    this.#kept.delete(key);
    this.#kept.set(key, previews);
    return [...previews.values()];
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #forget(key: string): void {
    const previews = this.#kept.get(key);
    if (previews === undefined) return;
    this.#kept.delete(key);
    this.#bytes -= bytesOf(previews);
  }
}

function bytesOf(previews: ReadonlyMap<unknown, Preview>): number {
  let sum = 0;
  for (const preview of previews.values()) sum += sizeOf(preview);
  return sum;
}

function sizeOf(preview: Preview): number {
  switch (preview.kind) {
    case "image":
      return preview.pixels.byteLength;
    case "heat-map":
      return preview.values.byteLength;
    case "curves":
      return preview.series.reduce((sum, { points }) => sum + points.length, 0) * bytesPerNumber;
    case "tiles":
      // Two timesteps, two gains and a word for each step.
      return (
        preview.tiles.reduce((sum, { steps }) => sum + 1 + steps.length, 0) * bytesPerNumber * 5
      );
  }
}
