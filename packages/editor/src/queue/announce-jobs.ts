import type { Job } from "@diopter/server/protocol";
import { announce, jobsStore } from "../state/index.js";
import { queueStrings } from "../strings/queue.js";
import { runStrings } from "../strings/run.js";

type JobsState = ReturnType<typeof jobsStore.getState>;

/** Tells screen readers how the jobs end that the canvas does not show, whichever panel is shown. */
export function announceJobs(): () => void {
  return jobsStore.subscribe((now, before) => {
    if (now.jobs === before.jobs) return;
    const said = whatEnded(now, before);
    if (said !== undefined) announce(said);
  });
}

/**
 * What to say of a change: that a job has failed, or that nothing is left to do. Of a hundred jobs
 * in a row not each one is told; of the job on the canvas the canvas tells.
 */
export function whatEnded(
  now: Pick<JobsState, "jobs" | "shown">,
  before: Pick<JobsState, "jobs">,
): string | undefined {
  const ended = [...now.jobs.values()].filter(
    (job) => job.id !== now.shown && isOpen(before.jobs.get(job.id)) && !isOpen(job),
  );
  const failed = ended.find(({ status }) => status === "failed");
  if (failed !== undefined) {
    return `${runStrings.failed(failed.name)} ${failed.error?.message ?? ""}`.trim();
  }
  const isIdle = ![...now.jobs.values()].some(isOpen);
  return ended.length > 0 && isIdle ? queueStrings.allDone : undefined;
}

function isOpen(job: Job | undefined): boolean {
  return job?.status === "queued" || job?.status === "running";
}
