import { isTensor } from "./leases.js";

/** What a value takes besides its tensors, roughly: an object, its fields, and text in UTF-16. */
const objectBytes = 64;
const fieldBytes = 16;

/**
 * Bytes that a value takes beside the tensors in it: text, numbers, raw bytes such as a colour
 * profile, and the objects that hold them.
 */
export function bytesBesideTensors(value: unknown): number {
  const seen = new Set<object>();
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "string") bytes += 2 * next.length;
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    bytes += objectBytes;
    if (ArrayBuffer.isView(next)) bytes += next.byteLength;
    else if (!isTensor(next)) {
      const parts = Object.values(next);
      bytes += fieldBytes * parts.length;
      for (const part of parts) open.push(part);
    }
  }
  return bytes;
}
