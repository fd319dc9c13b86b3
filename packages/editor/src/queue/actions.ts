import type { Job } from "@diopter/server/protocol";
import { api } from "../connection/api.js";
import { explain } from "../connection/request-error.js";
import { announce, notify, openViewer } from "../state/index.js";
import { removeJob, setJob } from "../state/jobs.js";
import { queueStrings } from "../strings/queue.js";
import { picturesOf } from "../viewer/result-pictures.js";
import type { Move } from "./reorder.js";

/** Does something on the server; where it refuses, the reason is shown. Says whether it went well. */
async function attempt(action: () => Promise<unknown>, said?: string): Promise<boolean> {
  try {
    await action();
    if (said !== undefined) announce(said);
    return true;
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
    return false;
  }
}

export const setPaused = (paused: boolean) =>
  paused
    ? attempt(api.pauseQueue, queueStrings.pausedSaid)
    : attempt(api.resumeQueue, queueStrings.resumedSaid);

export const cancelJob = ({ id, name }: Job) =>
  attempt(() => api.cancelJob(id), queueStrings.cancelledSaid(name));

/** Cancels jobs that wait, the last one first, so that none of them begins meanwhile. */
export async function cancelWaiting(jobs: readonly Job[]): Promise<void> {
  for (const job of jobs.toReversed()) if (!(await cancelJob(job))) return;
}

export const retryJob = ({ id }: Job) => attempt(() => api.retryJob(id));

export const setPriority = ({ id }: Job, priority: number) =>
  attempt(() => api.setPriority(id, priority));

export const moveJob = ({ id, before }: Move, said: string) =>
  attempt(() => api.moveJob(id, before), said);

export const deleteJob = ({ id, name }: Job) =>
  attempt(async () => {
    await api.deleteJob(id);
    removeJob(id);
  }, queueStrings.removedSaid(name));

/** Shows a job's pictures in the viewer. */
export function openResults(job: Job): void {
  openViewer(picturesOf(job));
}

const pageSize = 50;

/** Fetches jobs that ended before this one; says whether there may be more. */
export async function fetchOlder(last: Job): Promise<boolean> {
  let isFull = false;
  await attempt(async () => {
    const query = `?status=succeeded,failed,cancelled&limit=${pageSize}&before=${last.id}`;
    const { jobs } = await api.jobs(query);
    for (const job of jobs) setJob(job);
    isFull = jobs.length === pageSize;
  });
  return isFull;
}
