import type { DeviceName } from "@diopter/engine";

/** What the user has settled for all runs, headless or served. */
export interface RunConfiguration {
  /** Packages of nodes, found from the folder of the file at `path`. */
  readonly packages: readonly string[];
  readonly path: string;
  /** Folders, besides the library, that nodes may read. */
  readonly readable: readonly string[];
  readonly device: DeviceName;
  /** Bytes that models and tensors may take on a device. */
  readonly memoryBudget?: number | undefined;
  /** Bytes that results of nodes may take in memory and on disk. */
  readonly memoryCache: number;
  readonly diskCache: number;
}
