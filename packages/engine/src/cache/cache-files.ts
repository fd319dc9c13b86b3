import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a program leaves when it is killed while it writes; young ones may still be written. */
const abandonedAfter = 60 * 60 * 1000;

/**
 * Bytes of every entry's file in a cache folder, by path, the least recently used first. Files that
 * were never finished are removed; files of others are left alone.
 */
export async function findCacheFiles(folder: string): Promise<Map<string, number>> {
  const found: { readonly path: string; readonly bytes: number; readonly used: number }[] = [];
  for (const name of await readdir(folder)) {
    if (!/^[0-9a-f]{2}$/.test(name)) continue;
    for (const file of await readdir(join(folder, name))) {
      const path = join(folder, name, file);
      const state = await stat(path).catch(() => undefined);
      if (state === undefined) continue;
      if (/^[0-9a-f]{64}\.safetensors$/.test(file)) {
        found.push({ path, bytes: state.size, used: state.mtimeMs });
      } else if (file.endsWith(".tmp") && Date.now() - state.mtimeMs > abandonedAfter) {
        await rm(path, { force: true });
      }
    }
  }
  found.sort((a, b) => a.used - b.used);
  return new Map(found.map(({ path, bytes }) => [path, bytes]));
}
