import type { Job } from "@diopter/server/protocol";
import { jobsStore } from "../state/jobs.js";
import { announce, notify } from "../state/notices.js";
import { runStrings as words } from "../strings/run.js";
import { notifyFailure } from "./tell-failure.js";

/** Tells how the job that the canvas shows has ended. */
export function followShownJob(): void {
  let told = "";
  jobsStore.subscribe(({ jobs, shown }) => {
    const job = shown === undefined ? undefined : jobs.get(shown);
    if (job === undefined || job.ended === undefined) return;
    const ending = `${job.id} ${job.attempts}`;
    if (told === ending) return;
    told = ending;
    tell(job);
  });
}

function tell(job: Job): void {
  if (job.status === "succeeded") announce(words.succeeded(job.name));
  if (job.status === "cancelled") announce(words.cancelled(job.name));
  if (job.status !== "failed") return;
  if (job.error === undefined) notify("error", words.failed(job.name));
  else notifyFailure(job.error);
}
