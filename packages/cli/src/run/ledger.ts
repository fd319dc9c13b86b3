import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

interface Entry {
  /** What was asked for: see {@link fingerprint}. */
  readonly request: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * Remembers, in a file beside the results of a batch, which request made which result, so that a
 * batch that is started again does only what is missing or was asked for differently.
 */
export class BatchLedger {
  readonly #path: string;
  readonly #entries: Map<string, Entry>;

  private constructor(path: string, entries: Map<string, Entry>) {
    this.#path = path;
    this.#entries = entries;
  }

  /** Opens the ledger of a folder; one that cannot be read counts as empty. */
  static async open(folder: string): Promise<BatchLedger> {
    const path = join(folder, ".diopter-batch.json");
    const text = await readFile(path, "utf8").catch(() => "{}");
    return new BatchLedger(path, readEntries(text));
  }

  /** True if `result` was made by this request and has not been touched since. */
  async isDone(result: string, request: string): Promise<boolean> {
    const entry = this.#entries.get(result);
    if (entry === undefined || entry.request !== request) return false;
    const found = await stat(result).catch(() => undefined);
    return found?.size === entry.size && found.mtimeMs === entry.modified;
  }

  async record(result: string, request: string): Promise<void> {
    const { size, mtimeMs } = await stat(result);
    this.#entries.set(result, { request, size, modified: mtimeMs });
    await mkdir(dirname(this.#path), { recursive: true });
    const unfinished = `${this.#path}.${process.pid}`;
    await writeFile(unfinished, `${JSON.stringify(Object.fromEntries(this.#entries), null, 1)}\n`);
    await rename(unfinished, this.#path);
  }
}

/** A digest of everything that decides a result: the workflow as set, and its files' contents. */
export function fingerprint(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest("hex");
}

function readEntries(text: string): Map<string, Entry> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return new Map();
    const entries = Object.entries(value).filter((pair): pair is [string, Entry] =>
      isEntry(pair[1]),
    );
    return new Map(entries);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === "object" &&
    value !== null &&
    "request" in value &&
    typeof value.request === "string" &&
    "size" in value &&
    typeof value.size === "number" &&
    "modified" in value &&
    typeof value.modified === "number"
  );
}
