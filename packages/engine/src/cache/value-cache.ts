import type { SocketType, SocketValue } from "../sockets/socket-types.js";

/** One output: a value, or the items of an output that begins an iteration. */
export type OutputValue = SocketValue | readonly SocketValue[];

/** All outputs of a node, by port. */
export type NodeOutputs = Readonly<Record<string, OutputValue>>;

/** What a cache keeps under a key. */
export interface CacheEntry {
  readonly outputs: NodeOutputs;
  /** The socket type of each output: what a cache that writes files needs to read them again. */
  readonly sockets: Readonly<Record<string, SocketType>>;
  /** How long it took to compute, where known: a cache may decline what is cheaper to compute again. */
  readonly milliseconds?: number | undefined;
}

/** What was found, and where. */
export interface CacheHit extends CacheEntry {
  readonly from: "memory" | "disk";
}

export interface CacheStatistics {
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  /** Entries that were found damaged, or that could not be written. */
  readonly failures: number;
}

/** A value now or later: memory answers at once, a disk does not. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Keeps the outputs of nodes under the keys of `nodeKey`. A cache never fails a run: what it cannot
 * keep or read is simply absent. Device tensors belong to whoever retains them (see `Leases`): a
 * cache retains what it keeps and releases what it evicts, so a reader who goes on using a hit
 * retains it before anything else is awaited.
 */
export interface ValueCache {
  get(key: string): Awaitable<CacheHit | undefined>;
  /** Keeps an entry, if it can; an entry under the same key is replaced. */
  set(key: string, entry: CacheEntry): Awaitable<void>;
  delete(key: string): Awaitable<void>;
  clear(): Awaitable<void>;
  /** Resolves when everything that was set so far is where it will stay. */
  settled(): Awaitable<void>;
  statistics(): CacheStatistics;
}

/** Tells a list of items from a single value. */
export function isItemList(output: OutputValue): output is readonly SocketValue[] {
  return Array.isArray(output);
}
