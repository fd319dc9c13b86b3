import type { z } from "zod";

/**
 * Reads what an earlier visit left in the browser's storage. Undefined where there is nothing, it
 * has another form, or storage is closed to us, as in some private windows.
 */
export function readStored<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    const text = localStorage.getItem(`diopter.${key}`);
    if (text === null) return undefined;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves something for the next visit; says whether there was room for it. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(`diopter.${key}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The keys under which something was left, of those that begin so. */
export function storedKeys(prefix: string): readonly string[] {
  try {
    const own = "diopter.";
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(own + prefix))
      .map((key) => key.slice(own.length));
  } catch {
    return [];
  }
}

/** Takes away what was left under a key. */
export function removeStored(key: string): void {
  try {
    localStorage.removeItem(`diopter.${key}`);
  } catch {
    // Nothing was stored where nothing can be.
  }
}
