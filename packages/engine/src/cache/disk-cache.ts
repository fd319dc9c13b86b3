import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type DiopterError, toDiopterError } from "../errors/index.js";
import { findCacheFiles } from "./cache-files.js";
import { deserializeEntry, isSerializable, serializeEntry } from "./serialize.js";
import type { CacheEntry, CacheHit, CacheStatistics, ValueCache } from "./value-cache.js";

export interface DiskCacheOptions {
  /** Made if it does not exist. */
  readonly folder: string;
  /** What the files may take in all. */
  readonly maxBytes: number;
  /** Larger entries are declined. Default 256 MiB: an entry is held in memory once more. */
  readonly maxEntryBytes?: number;
  /** What was computed faster than this is declined. Default 10 ms: about what a file costs. */
  readonly minMilliseconds?: number;
  /** Told why an entry could not be written or read. A run goes on without it. */
  readonly onFailure?: (error: DiopterError) => void;
}

/**
 * Keeps entries as files, up to a number of bytes; what has not been asked for longest goes first.
 * A file appears under its name only when it is complete, and is verified whenever it is read:
 * damaged ones are removed and count as absent. Models and what acts inside the sampling loop are
 * declined. Several programs may use one folder; each sees what was there when it opened it, and
 * what it wrote itself.
 */
export class DiskCache implements ValueCache {
  readonly #options: DiskCacheOptions;
  /** Bytes of each file by its path, ordered by use, the least recent first. */
  readonly #files: Map<string, number>;
  #bytes = 0;
  #written = 0;
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #failures = 0;
  readonly #pending = new Set<Promise<void>>();

  private constructor(options: DiskCacheOptions, files: Map<string, number>) {
    this.#options = options;
    this.#files = files;
    for (const bytes of files.values()) this.#bytes += bytes;
  }

  /**
   * @throws DiopterError `output/unwritable` when the folder cannot be made or listed.
   */
  static async open(options: DiskCacheOptions): Promise<DiskCache> {
    try {
      await mkdir(options.folder, { recursive: true });
      const cache = new DiskCache(options, await findCacheFiles(options.folder));
      await cache.#shrink();
      return cache;
    } catch (thrown) {
      const remedy = `Choose another folder for the cache than "${options.folder}".`;
      throw toDiopterError(thrown, "output/unwritable", remedy);
    }
  }

  async get(key: string): Promise<CacheHit | undefined> {
    const path = this.#pathOf(key);
    const entry = this.#files.has(path) ? await this.#read(key, path) : undefined;
    if (entry === undefined) {
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    return { ...entry, from: "disk" };
  }

  /** Whether `set` would try to write this entry. */
  accepts(entry: CacheEntry): boolean {
    const least = this.#options.minMilliseconds ?? 10;
    return (entry.milliseconds ?? Number.POSITIVE_INFINITY) >= least && isSerializable(entry);
  }

  async set(key: string, entry: CacheEntry): Promise<void> {
    if (!this.accepts(entry)) return this.delete(key);
    const writing = this.#write(key, entry);
    this.#pending.add(writing);
    await writing;
    this.#pending.delete(writing);
  }

  async delete(key: string): Promise<void> {
    await this.#remove(this.#pathOf(key));
  }

  async clear(): Promise<void> {
    await this.settled();
    for (const path of [...this.#files.keys()]) await this.#remove(path);
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  statistics(): CacheStatistics {
    return {
      entries: this.#files.size,
      bytes: this.#bytes,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      failures: this.#failures,
    };
  }

  #pathOf(key: string): string {
    const isPlain = /^[0-9a-f]{64}$/.test(key);
    const name = isPlain ? key : createHash("sha256").update(key).digest("hex");
    return join(this.#options.folder, name.slice(0, 2), `${name}.safetensors`);
  }

  async #read(key: string, path: string): Promise<CacheEntry | undefined> {
    try {
      const entry = deserializeEntry(key, await readFile(path));
      this.#touch(path);
      const now = new Date();
      await utimes(path, now, now).catch(() => {});
      return entry;
    } catch (thrown) {
      // Another program may have removed the file, which is no failure.
      const isGone = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
      if (!isGone) this.#fail(thrown);
      await this.#remove(path);
      return undefined;
    }
  }

  async #write(key: string, entry: CacheEntry): Promise<void> {
    const path = this.#pathOf(key);
    this.#written += 1;
    const unfinished = `${path}.${process.pid}.${this.#written}.tmp`;
    try {
      const file = await serializeEntry(key, entry);
      const most = Math.min(this.#options.maxBytes, this.#options.maxEntryBytes ?? 256 * 2 ** 20);
      if (file === undefined || file.byteLength > most) return await this.#remove(path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(unfinished, file);
      await rename(unfinished, path);
      this.#forget(path);
      this.#files.set(path, file.byteLength);
      this.#bytes += file.byteLength;
      await this.#shrink();
    } catch (thrown) {
      this.#fail(thrown);
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  async #remove(path: string): Promise<void> {
    if (!this.#forget(path)) return;
    await rm(path, { force: true }).catch((thrown: unknown) => this.#fail(thrown));
  }

  async #shrink(): Promise<void> {
    for (const path of [...this.#files.keys()]) {
      if (this.#bytes <= this.#options.maxBytes) return;
      await this.#remove(path);
      this.#evictions += 1;
    }
  }

  #forget(path: string): boolean {
    this.#bytes -= this.#files.get(path) ?? 0;
    return this.#files.delete(path);
  }

  #touch(path: string): void {
    const bytes = this.#files.get(path);
    if (bytes === undefined) return;
    this.#files.delete(path);
    this.#files.set(path, bytes);
  }

  #fail(thrown: unknown): void {
    this.#failures += 1;
    const remedy = "The run goes on without it; check the cache's folder and the space left.";
    this.#options.onFailure?.(toDiopterError(thrown, "cache/corrupt", remedy));
  }
}
