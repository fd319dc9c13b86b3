import { DiopterError } from "@diopter/engine";

/** How many at once beyond the average. */
const burst = 4;
const mostAddresses = 10_000;

/** Counts requests of an address; see {@link rateLimit}. */
export type RateLimit = (address: string) => void;

/**
 * So many a second for each address on average, and four times as many at once.
 * @throws (the limit) DiopterError `request/too-many`.
 */
export function rateLimit(
  perSecond: number,
  now: () => number = () => performance.now(),
): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return (address) => {
    const time = now();
    const bucket = buckets.get(address) ?? { left: perSecond * burst, at: time };
    const left = Math.min(perSecond * burst, bucket.left + ((time - bucket.at) / 1000) * perSecond);
    buckets.delete(address);
    buckets.set(address, { left: Math.max(left - 1, 0), at: time });
    forgetOldest(buckets);
    if (left >= 1) return;
    throw new DiopterError("request/too-many", {
      message: "These are too many requests at a time.",
      remedy: "Wait a second and go on more slowly.",
    });
  };
}

function forgetOldest(buckets: Map<string, unknown>): void {
  if (buckets.size <= mostAddresses) return;
  for (const address of buckets.keys()) {
    buckets.delete(address);
    return;
  }
}
