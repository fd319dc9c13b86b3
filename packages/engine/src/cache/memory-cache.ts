import type { Tensor } from "../values/index.js";
import { Leases, tensorsWithin } from "./leases.js";
import { bytesBesideTensors } from "./size-of-outputs.js";
import type { CacheEntry, CacheHit, CacheStatistics, ValueCache } from "./value-cache.js";

export interface MemoryCacheOptions {
  /** What the cache may take in all; an entry that is larger by itself is not kept. */
  readonly maxBytes: number;
  /** Shared with whoever else uses the tensors; an own one if nobody does. */
  readonly leases?: Leases;
}

interface Kept {
  readonly hit: CacheHit;
  readonly tensors: ReadonlySet<Tensor>;
  readonly otherBytes: number;
}

/**
 * Keeps entries in memory, up to a number of bytes; what has not been asked for longest goes first.
 * A tensor that stands in several entries is counted once, and disposed of when neither the cache
 * nor anybody else retains it.
 */
export class MemoryCache implements ValueCache {
  readonly #maxBytes: number;
  readonly #leases: Leases;
  /** Ordered by use, the least recent first. */
  readonly #entries = new Map<string, Kept>();
  readonly #entriesWith = new Map<Tensor, number>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;
  #evictions = 0;

  constructor(options: MemoryCacheOptions) {
    this.#maxBytes = options.maxBytes;
    this.#leases = options.leases ?? new Leases();
  }

  get(key: string): CacheHit | undefined {
    const kept = this.#entries.get(key);
    if (kept === undefined) {
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#entries.delete(key);
    this.#entries.set(key, kept);
    return kept.hit;
  }

  set(key: string, entry: CacheEntry): void {
    const tensors = tensorsWithin(entry.outputs);
    const otherBytes = bytesBesideTensors(entry.outputs);
    let size = otherBytes;
    for (const tensor of tensors) size += tensor.byteLength;
    if (size > this.#maxBytes) {
      this.delete(key);
      return;
    }
    // Retained before the old entry goes, which may hold the same tensors.
    this.#leases.retain(entry.outputs);
    this.delete(key);
    this.#entries.set(key, { hit: { ...entry, from: "memory" }, tensors, otherBytes });
    this.#bytes += otherBytes;
    for (const tensor of tensors) this.#count(tensor, 1);
    this.#shrink();
  }

  delete(key: string): void {
    const kept = this.#entries.get(key);
    if (kept === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= kept.otherBytes;
    for (const tensor of kept.tensors) this.#count(tensor, -1);
    this.#leases.release(kept.hit.outputs);
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.delete(key);
  }

  settled(): void {}

  statistics(): CacheStatistics {
    return {
      entries: this.#entries.size,
      bytes: this.#bytes,
      hits: this.#hits,
      misses: this.#misses,
      evictions: this.#evictions,
      failures: 0,
    };
  }

  #count(tensor: Tensor, change: 1 | -1): void {
    const before = this.#entriesWith.get(tensor) ?? 0;
    const after = before + change;
    if (after === 0) this.#entriesWith.delete(tensor);
    else this.#entriesWith.set(tensor, after);
    if (before === 0) this.#bytes += tensor.byteLength;
    if (after === 0) this.#bytes -= tensor.byteLength;
  }

  #shrink(): void {
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(key);
      this.#evictions += 1;
    }
  }
}
