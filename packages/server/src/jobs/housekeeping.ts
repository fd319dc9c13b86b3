import type { Logger } from "pino";
import type { JobQueue, ResultReferences } from "../queue/index.js";
import type { ResultStore } from "../store/index.js";
import type { JobNewsFeed } from "./news.js";

export interface HousekeepingOptions {
  readonly queue: JobQueue;
  readonly references: ResultReferences;
  readonly store: ResultStore;
  readonly news: JobNewsFeed;
  readonly historyLimit: number;
  readonly resultBytes: number;
  readonly logger: Logger;
}

/** The latest jobs, whose results stay whatever they take. */
const pinned = 10;

/** Keeps history and results within their bounds: the oldest jobs that have ended go first. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #working: Promise<void> = Promise.resolve();

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Forgets jobs beyond the bounds, and their results with them. */
  tidy(): Promise<void> {
    const { queue, references, historyLimit, resultBytes } = this.#options;
    return this.#afterOthers(async () => {
      for (const id of queue.beyond(historyLimit)) await this.#forget(id);
      while (references.totalBytes() > resultBytes) {
        const oldest = references.oldestJob(pinned);
        if (oldest === undefined) return;
        await this.#forget(oldest);
      }
    });
  }

  /**
   * Forgets a job that does not run, and the results that only it has.
   * @throws DiopterError `request/not-found`, `request/conflict`.
   */
  forget(id: string): Promise<void> {
    return this.#afterOthers(() => this.#forget(id));
  }

  /** Removes results that no job refers to. */
  sweep(): Promise<void> {
    const { store, references, logger } = this.#options;
    return this.#afterOthers(async () => {
      const removed = await store.sweep((hash) => references.has(hash));
      if (removed > 0) logger.info({ removed }, "results without a job removed");
    });
  }

  /** Once all that was begun is done. */
  settled(): Promise<void> {
    return this.#working;
  }

  async #forget(id: string): Promise<void> {
    const { queue, references, store, news } = this.#options;
    const hashes = references.onlyOf(id);
    queue.remove(id);
    news.publish({ type: "removed", job: id });
    await store.exclusive(async () => {
      for (const hash of hashes) if (!references.has(hash)) await store.remove(hash);
    });
  }

  #afterOthers(work: () => Promise<void>): Promise<void> {
    const done = this.#working.then(work);
    this.#working = done.catch((thrown: unknown) => {
      this.#options.logger.error({ err: thrown }, "housekeeping failed");
    });
    return done;
  }
}
