import type { Job } from "@diopter/server/protocol";
import { focusNode } from "../canvas/focus.js";
import { jobsStore } from "../state/jobs.js";
import { announce, notify } from "../state/notices.js";
import { outerNode } from "../state/run-status.js";
import { runStrings as words } from "../strings/run.js";

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
  const { error } = job;
  const node = error?.node === undefined ? undefined : outerNode(error.node);
  notify("error", error?.message ?? words.failed(job.name), {
    remedy: error?.remedy,
    ...(node === undefined
      ? {}
      : { action: { label: words.showNode, run: () => focusNode(node) } }),
  });
}
