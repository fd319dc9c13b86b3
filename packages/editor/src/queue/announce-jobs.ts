import type { Job } from "@diopter/server/protocol";
import { announce, jobsStore } from "../state/index.js";
import { queueStrings } from "../strings/queue.js";
import { runStrings } from "../strings/run.js";

type JobsState = ReturnType<typeof jobsStore.getState>;

/** Tells screen readers how the jobs end, whichever panel is shown. */
export function announceJobs(): () => void {
  return jobsStore.subscribe((now, before) => {
    if (now.jobs === before.jobs) return;
    const said = whatEnded(now, before);
    if (said !== undefined) announce(said);
  });
}

/**
 * What to say of a change: how the job on the canvas has ended, that another one has failed, or
 * that nothing is left to do. Of a hundred jobs in a row not each one is told.
 */
export function whatEnded(
  now: Pick<JobsState, "jobs" | "shown">,
  before: Pick<JobsState, "jobs">,
): string | undefined {
  const ended = [...now.jobs.values()].filter(
    (job) => isOpen(before.jobs.get(job.id)) && !isOpen(job),
  );
  const [job] = ended.filter(({ id, status }) => id === now.shown || status === "failed");
  if (job !== undefined) return outcomeOf(job);
  const isIdle = ![...now.jobs.values()].some(isOpen);
  return ended.length > 0 && isIdle ? queueStrings.allDone : undefined;
}

function isOpen(job: Job | undefined): boolean {
  return job?.status === "queued" || job?.status === "running";
}

function outcomeOf({ name, status, error }: Job): string {
  if (status === "failed") return `${runStrings.failed(name)} ${error?.message ?? ""}`.trim();
  return status === "cancelled" ? runStrings.cancelled(name) : runStrings.succeeded(name);
}
