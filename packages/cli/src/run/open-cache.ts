import { join } from "node:path";
import { DiskCache, Leases, MemoryCache, TieredCache, type ValueCache } from "@diopter/engine";
import type { Configuration } from "../configuration.js";

/**
 * What earlier runs computed: in memory, and on disk unless `disk` is false. A folder that cannot
 * be used costs the runs their memory, not their results.
 */
export async function openCache(
  configuration: Configuration,
  disk: boolean,
): Promise<{ readonly cache: ValueCache; readonly leases: Leases }> {
  const leases = new Leases();
  const memory = new MemoryCache({ maxBytes: configuration.memoryCache, leases });
  if (!disk) return { cache: memory, leases };
  try {
    const folder = join(configuration.cacheFolder, "values");
    const stored = await DiskCache.open({ folder, maxBytes: configuration.diskCache });
    return { cache: new TieredCache({ memory, disk: stored, leases }), leases };
  } catch {
    return { cache: memory, leases };
  }
}
