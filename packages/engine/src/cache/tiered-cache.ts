import type { DiskCache } from "./disk-cache.js";
import type { Leases } from "./leases.js";
import type { MemoryCache } from "./memory-cache.js";
import type { CacheEntry, CacheHit, CacheStatistics, ValueCache } from "./value-cache.js";

export interface TieredCacheOptions {
  readonly memory: MemoryCache;
  readonly disk: DiskCache;
  /** The same as the memory cache's: holds tensors until they are written. */
  readonly leases: Leases;
}

/** As many entries may wait to be written; whoever sets more waits with them. */
const mostWaiting = 4;

/**
 * Memory before disk. What is set is in memory at once and written behind the run's back, one file
 * after the other; what is found on disk is kept in memory from then on.
 */
export class TieredCache implements ValueCache {
  readonly #memory: MemoryCache;
  readonly #disk: DiskCache;
  readonly #leases: Leases;
  readonly #waiting = new Map<string, CacheEntry>();
  #writing: Promise<void> = Promise.resolve();
  #hits = 0;
  #misses = 0;

  constructor(options: TieredCacheOptions) {
    this.#memory = options.memory;
    this.#disk = options.disk;
    this.#leases = options.leases;
  }

  get(key: string): CacheHit | Promise<CacheHit | undefined> {
    const waiting = this.#waiting.get(key);
    const hit = this.#memory.get(key) ?? (waiting && { ...waiting, from: "memory" });
    if (hit === undefined) return this.#getFromDisk(key);
    this.#hits += 1;
    return hit;
  }

  set(key: string, entry: CacheEntry): void | Promise<void> {
    this.#memory.set(key, entry);
    if (!this.#disk.accepts(entry)) return;
    this.#leases.retain(entry.outputs);
    this.#waiting.set(key, entry);
    this.#writing = this.#writing.then(() => this.#write(key, entry));
    if (this.#waiting.size > mostWaiting) return this.#writing;
  }

  async delete(key: string): Promise<void> {
    this.#memory.delete(key);
    await this.settled();
    await this.#disk.delete(key);
  }

  async clear(): Promise<void> {
    this.#memory.clear();
    await this.settled();
    await this.#disk.clear();
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Entries and bytes of both; what stands in both counts twice. */
  statistics(): CacheStatistics {
    const memory = this.#memory.statistics();
    const disk = this.#disk.statistics();
    return {
      entries: memory.entries + disk.entries,
      bytes: memory.bytes + disk.bytes,
      hits: this.#hits,
      misses: this.#misses,
      evictions: memory.evictions + disk.evictions,
      failures: memory.failures + disk.failures,
    };
  }

  async #getFromDisk(key: string): Promise<CacheHit | undefined> {
    const hit = await this.#disk.get(key);
    if (hit === undefined) {
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#memory.set(key, hit);
    return hit;
  }

  async #write(key: string, entry: CacheEntry): Promise<void> {
    await this.#disk.set(key, entry);
    if (this.#waiting.get(key) === entry) this.#waiting.delete(key);
    this.#leases.release(entry.outputs);
  }
}
