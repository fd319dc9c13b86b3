import type { Job } from "@diopter/server/protocol";
import { showJob } from "../connection/live.js";
import { documentStore } from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";

const own = new Set<string>();

/** A job that this page began, to be shown on the canvas when its turn comes. */
export function noteOwnJob(id: string): void {
  own.add(id);
}

/**
 * Shows on the canvas what the open workflow does: the job that runs, whoever began it, and where
 * none does the newest one, so that its results are there again after the page was reloaded.
 */
export function followRuns(): void {
  const look = () => {
    const { jobs, shown, isChosen } = jobsStore.getState();
    const { id, document } = documentStore.getState();
    const isOfThis = (job: Job) =>
      own.has(job.id) || (id !== undefined && job.workflowId === id && job.name === document.name);
    const next = nextShown(jobs, shown, isChosen, isOfThis);
    if (next !== undefined) showJob(next);
  };
  documentStore.subscribe(({ id }, before) => {
    if (id === before.id) return;
    own.clear();
    look();
  });
  jobsStore.subscribe(({ jobs, shown }, before) => {
    // Another workflow was opened.
    if (shown === undefined && before.shown !== undefined) own.clear();
    if (jobs !== before.jobs) look();
  });
}

/** The job to show instead of the one that is shown; undefined where that stays. */
export function nextShown(
  jobs: ReadonlyMap<string, Job>,
  shown: string | undefined,
  isChosen: boolean,
  isOfThis: (job: Job) => boolean,
): string | undefined {
  const current = shown === undefined ? undefined : jobs.get(shown);
  const isGone = shown !== undefined && current === undefined;
  if (current?.status === "running" || (isChosen && !isGone)) return undefined;
  const candidates = [...jobs.values()].filter(isOfThis).sort((a, b) => b.created - a.created);
  const running = candidates.find(({ status }) => status === "running");
  if (running !== undefined) return running.id;
  return shown === undefined ? candidates[0]?.id : undefined;
}
