import type { Job } from "@diopter/server/protocol";

/**
 * Milliseconds that so many runs of a workflow take, after its last runs: the median of the newest
 * five that succeeded. Undefined where there is none, or nothing to run.
 */
export function estimateTime(
  jobs: readonly Job[],
  name: string,
  count: number,
): number | undefined {
  if (count === 0) return undefined;
  const times = jobs
    .filter((job) => job.status === "succeeded" && job.name.split(":")[0] === name)
    .sort((a, b) => b.created - a.created)
    .flatMap(({ started, ended }) =>
      started === undefined || ended === undefined ? [] : [ended - started],
    )
    .slice(0, 5)
    .sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  return median === undefined ? undefined : median * count;
}
