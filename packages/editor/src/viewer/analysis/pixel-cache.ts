import type { Pixels } from "./pixels.js";
import type { ReadPixels } from "./requests.js";

/** Decoded pictures that are kept, in pixels all together: about 200 MB. */
const mostPixels = 48e6;

/**
 * Remembers the pictures that were read last. Whoever asks while a picture is being read waits for
 * the same reading; a reading that failed is forgotten.
 */
export function cachedReader(read: ReadPixels, capacity = mostPixels): ReadPixels {
  const kept = new Map<string, Promise<Pixels>>();
  const sizes = new Map<string, number>();
  const forget = (key: string) => {
    kept.delete(key);
    sizes.delete(key);
  };
  const shrink = (newest: string) => {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [key, size] of sizes) {
      if (total <= capacity) return;
      if (key === newest) continue;
      total -= size;
      forget(key);
    }
  };
  return (url, size) => {
    const key = size === undefined ? url : `${url} ${size.width}×${size.height}`;
    const known = kept.get(key);
    if (known !== undefined) {
      // The one used last is thrown away last.
      const cost = sizes.get(key);
      kept.delete(key);
      kept.set(key, known);
      if (cost !== undefined) {
        sizes.delete(key);
        sizes.set(key, cost);
      }
      return known;
    }
    const reading = read(url, size);
    kept.set(key, reading);
    reading.then(
      ({ width, height }) => {
        if (kept.get(key) !== reading) return;
        sizes.set(key, width * height);
        shrink(key);
      },
      () => forget(key),
    );
    return reading;
  };
}
