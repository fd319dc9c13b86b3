/** One picture between two operations. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Planar RGB, 3 × height × width, sRGB-encoded, 0 to 1. */
  readonly pixels: Float32Array;
}

/** Gives other work a turn; throws when the caller has been cancelled. */
export type Pause = () => Promise<void>;

/** Limits values to 0..1, in place. What is not a number becomes 0. */
export function clampPixels(pixels: Float32Array): void {
  for (let place = 0; place < pixels.length; place += 1) {
    const value = pixels[place] ?? 0;
    pixels[place] = value > 0 ? Math.min(value, 1) : 0;
  }
}

/** Interleaved RGB bytes, height × width × 3, rounded half up. */
export function toBytes({ width, height, pixels }: Picture): Uint8Array {
  const area = width * height;
  const bytes = new Uint8Array(3 * area);
  for (let place = 0; place < bytes.length; place += 1) {
    const value = pixels[(place % 3) * area + Math.floor(place / 3)] ?? 0;
    // Products in float32, so that Python's rounding falls on the same side.
    const scaled = Math.fround(Math.min(Math.max(value, 0), 1) * 255);
    bytes[place] = Math.floor(Math.fround(scaled + 0.5));
  }
  return bytes;
}

/** The inverse of {@link toBytes}. */
export function fromBytes(bytes: Uint8Array, width: number, height: number): Picture {
  const area = width * height;
  const pixels = Float32Array.from(
    { length: 3 * area },
    (_, place) => (bytes[(place % area) * 3 + Math.floor(place / area)] ?? 0) / 255,
  );
  return { width, height, pixels };
}

/** The picture as its 8-bit file would hold it. */
export function roundToBytes({ width, height, pixels }: Picture): Picture {
  const rounded = pixels.map(
    (value) =>
      Math.floor(Math.fround(Math.fround(Math.min(Math.max(value, 0), 1) * 255) + 0.5)) / 255,
  );
  return { width, height, pixels: rounded };
}
