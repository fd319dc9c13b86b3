import { stat } from "node:fs/promises";

/** Name under which a cache entry holds what a node wrote; no port can be called so. */
export const writtenName = "#written";

/**
 * What became of the paths that a node was given to write to: the files' sizes and times, as text
 * for a cache entry. Undefined when there is no file to recognise later.
 */
export async function describeWritten(paths: Iterable<string>): Promise<string | undefined> {
  const described = await Promise.all([...new Set(paths)].map(describeFile));
  const files = described.filter((file) => file !== undefined);
  return files.length === 0 ? undefined : JSON.stringify(files);
}

/** Whether everything in such a text is still there, unchanged. */
export async function isStillWritten(text: unknown): Promise<boolean> {
  if (typeof text !== "string") return false;
  const files: unknown = JSON.parse(text);
  if (!Array.isArray(files)) return false;
  const now = await Promise.all(files.map(({ path }: { path: string }) => describeFile(path)));
  return JSON.stringify(now) === text;
}

async function describeFile(path: string) {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? { path, size: found.size, modified: found.mtimeMs } : undefined;
}
