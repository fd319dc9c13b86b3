import type { RunEvent, WorkflowDocument } from "@diopter/engine";
import { notFound } from "../http/request-errors.js";
import type { Job, SubmitJob } from "../protocol/index.js";
import type { JobFilter, JobQueue, JobRequest } from "../queue/index.js";
import type { Housekeeping } from "./housekeeping.js";
import type { JobNews, JobNewsFeed } from "./news.js";
import { type JobDetails, type SettleOptions, settleDocument, settleSubmission } from "./settle.js";

/** What jobs need of those who run them. */
export interface JobWorkers {
  /** There may be work. */
  wake(): void;
  /** A running job was marked as cancelled. */
  cancel(job: string): void;
}

export interface JobsOptions extends SettleOptions {
  readonly queue: JobQueue;
  readonly news: JobNewsFeed;
  readonly workers: JobWorkers;
  readonly housekeeping: Housekeeping;
  /** @throws DiopterError `server/stopping` once nothing new is taken. */
  requireOpen(): void;
}

/** All that is done with jobs: the queue, told to those who watch it. */
export class Jobs {
  readonly #options: JobsOptions;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** @throws DiopterError for what keeps the workflow from running, `queue/full`. */
  async submit(submitted: SubmitJob): Promise<Job> {
    this.#options.requireOpen();
    const job = await settleSubmission(submitted, this.#options);
    return this.#added(this.#options.queue.add(job));
  }

  /** The same for a document that another protocol has made. */
  async submitDocument(document: WorkflowDocument, details: JobDetails): Promise<Job> {
    this.#options.requireOpen();
    const job = await settleDocument(document, details, this.#options);
    return this.#added(this.#options.queue.add(job));
  }

  /** @throws DiopterError `request/not-found`. */
  get(id: string): Job {
    const job = this.#options.queue.get(id);
    if (job === undefined) throw notFound("There is no such job.", "List the jobs there are.");
    return job;
  }

  find(id: string): Job | undefined {
    return this.#options.queue.get(id);
  }

  /** What a job runs, and what a protocol has stored with it. */
  stored(id: string): { readonly request: JobRequest; readonly extra: string | null } | undefined {
    return this.#options.queue.stored(id);
  }

  /** The newest first, without what became of their nodes. */
  list(filter: JobFilter): readonly Job[] {
    return this.#options.queue.list(filter);
  }

  /** Ids of the jobs that wait, the next one first. */
  waiting(): readonly string[] {
    return this.#options.queue.waiting();
  }

  count(status: Job["status"]): number {
    return this.#options.queue.count(status);
  }

  /** Events with higher numbers than `after`. @throws DiopterError `request/not-found`. */
  events(id: string, after: number, limit?: number): readonly RunEvent[] {
    return this.#options.queue.events(id, after, limit);
  }

  /** @throws DiopterError `request/not-found`, `request/conflict`. */
  cancel(id: string): Job {
    const { queue, workers } = this.#options;
    if (queue.cancel(id) === "cancelling") workers.cancel(id);
    else this.#changed(id, true);
    return this.get(id);
  }

  /** @throws DiopterError `request/not-found`, `request/conflict`, `queue/full`. */
  retry(id: string): Job {
    return this.#added(this.#options.queue.retry(id));
  }

  /** @throws DiopterError `request/not-found`, `request/conflict`. */
  move(id: string, before: string | null): Job {
    this.#options.queue.move(id, before);
    for (const waiting of this.waiting()) this.#changed(waiting);
    return this.get(id);
  }

  /** @throws DiopterError `request/not-found`, `request/conflict`. */
  setPriority(id: string, priority: number): Job {
    this.#options.queue.setPriority(id, priority);
    this.#changed(id);
    return this.get(id);
  }

  /** Forgets a job that does not run, and its results. @throws DiopterError as setPriority does. */
  remove(id: string): Promise<void> {
    return this.#options.housekeeping.forget(id);
  }

  get paused(): boolean {
    return this.#options.queue.paused;
  }

  setPaused(paused: boolean): void {
    const { queue, news, workers } = this.#options;
    queue.setPaused(paused);
    news.publish({ type: "paused", paused });
    if (!paused) workers.wake();
  }

  /** @returns how to stop listening. */
  subscribe(listener: (news: JobNews) => void): () => void {
    return this.#options.news.subscribe(listener);
  }

  #added(job: Job): Job {
    this.#changed(job.id);
    this.#options.workers.wake();
    return job;
  }

  #changed(job: string, hasEnded = false): void {
    this.#options.news.publish({ type: "changed", job, hasEnded });
  }
}
