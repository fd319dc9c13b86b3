import type { Job } from "@diopter/server/protocol";
import { createStore } from "zustand/vanilla";
import { type RunStatus, unknownRun } from "./run-status.js";

interface JobsState {
  /** All jobs that the server told of, by id. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly paused: boolean;
  /** The job whose progress the canvas shows. */
  readonly shown: string | undefined;
  /** Somebody has asked for that job: it stays, whatever runs meanwhile. */
  readonly isChosen: boolean;
  readonly run: RunStatus;
}

/** The queue, and the run that the canvas shows. */
export const jobsStore = createStore<JobsState>(() => ({
  jobs: new Map(),
  paused: false,
  shown: undefined,
  isChosen: false,
  run: unknownRun,
}));

/** Puts the server's list in the place of ours. */
export function setJobs(jobs: readonly Job[], paused: boolean): void {
  jobsStore.setState({ jobs: new Map(jobs.map((job) => [job.id, job])), paused });
}

/** Takes in one job that is new or changed. */
export function setJob(job: Job): void {
  jobsStore.setState(({ jobs }) => ({ jobs: new Map(jobs).set(job.id, job) }));
}

/** Forgets a job. */
export function removeJob(id: string): void {
  jobsStore.setState(({ jobs }) => {
    const left = new Map(jobs);
    left.delete(id);
    return { jobs: left };
  });
}

const ranks: Partial<Record<Job["status"], number>> = { running: 0, queued: 1 };

/** Running ones first, then those that wait by place, then the rest with the newest first. */
export function inOrder(jobs: ReadonlyMap<string, Job>): readonly Job[] {
  return [...jobs.values()].sort((a, b) => {
    const byRank = (ranks[a.status] ?? 2) - (ranks[b.status] ?? 2);
    if (byRank !== 0) return byRank;
    if (a.status === "queued") return (a.position ?? 0) - (b.position ?? 0);
    return b.created - a.created;
  });
}
