import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DiopterError, type ErrorDescription, toDiopterError } from "@diopter/engine";
import type { Logger } from "pino";
import type { JobNewsFeed } from "../jobs/news.js";
import type { DeviceState } from "../protocol/index.js";
import {
  cancelledError,
  type JobOutcome,
  type JobQueue,
  type StoredResult,
  type TakenJob,
} from "../queue/index.js";
import type { ResultStore } from "../store/index.js";
import type { AttemptEnd } from "./attempt.js";
import { deathEvents } from "./death-events.js";
import type { FromRunner, WrittenResult } from "./messages.js";
import type { RunnerSlot } from "./runner-slot.js";

export interface DispatcherOptions {
  readonly queue: JobQueue;
  readonly news: JobNewsFeed;
  readonly store: ResultStore;
  readonly slots: readonly RunnerSlot[];
  /** Folder of the runners' own folders. */
  readonly work: string;
  readonly stopSeconds: number;
  readonly logger: Logger;
  /** After each job that has ended. */
  readonly onEnd: () => void;
}

type EndedMessage = Extract<FromRunner, { type: "ended" }>;

/** Brings jobs from the queue to runners, and what becomes of them back. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #working = new Map<RunnerSlot, Promise<void>>();
  #isStopping = false;
  #isWatched: (job: string) => boolean = () => false;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  get devices(): readonly DeviceState[] {
    return this.#options.slots.map((slot) => slot.state);
  }

  /** There may be work. */
  wake(): void {
    if (this.#isStopping) return;
    for (const slot of this.#options.slots) {
      if (this.#working.has(slot)) continue;
      const working = this.#work(slot)
        .catch((thrown: unknown) =>
          this.#options.logger.error({ err: thrown }, "dispatcher failed"),
        )
        .finally(() => this.#working.delete(slot));
      this.#working.set(slot, working);
    }
  }

  /** The job was marked in the queue. */
  cancel(job: string): void {
    for (const slot of this.#options.slots) slot.giveUp(job, "cancelled");
  }

  /** Somebody begins or ceases to look at jobs: previews are made for who looks. */
  watch(isWatched: (job: string) => boolean): void {
    this.#isWatched = isWatched;
    for (const slot of this.#options.slots) {
      if (slot.job !== undefined) slot.watch(isWatched(slot.job));
    }
  }

  async free(): Promise<{ readonly before: number; readonly after: number }> {
    const freed = await Promise.all(this.#options.slots.map((slot) => slot.free()));
    const sum = (key: "before" | "after") => freed.reduce((total, one) => total + one[key], 0);
    return { before: sum("before"), after: sum("after") };
  }

  /** Lets running jobs finish if they do so soon; else they save their state and wait again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const { slots, stopSeconds } = this.#options;
    const patience = setTimeout(() => {
      for (const slot of slots) if (slot.job !== undefined) slot.giveUp(slot.job, "stopped");
    }, stopSeconds * 1000);
    await Promise.all(this.#working.values());
    clearTimeout(patience);
    await Promise.all(slots.map((slot) => slot.stop()));
  }

  async #work(slot: RunnerSlot): Promise<void> {
    const { queue } = this.#options;
    while (!this.#isStopping && !queue.paused && queue.count("queued") > 0) {
      const start = await slot.ready();
      if (!start.usable && start.mayRetry) continue;
      const job = this.#isStopping ? undefined : queue.take();
      if (job === undefined) return;
      this.#tellStart(job);
      if (!start.usable) {
        this.#finish(job, { status: "failed", error: start.error });
        continue;
      }
      slot.watch(this.#isWatched(job.id));
      const attempt = slot.run(start.runner, job, {
        events: (events) => {
          if (queue.record(job.id, job.attempt, events)) this.#tellEvents(job, events);
        },
        preview: (header, bytes) =>
          this.#options.news.publish({ type: "preview", job: job.id, header, bytes }),
      });
      await this.#conclude(job, await attempt.ended);
    }
  }

  async #conclude(job: TakenJob, end: AttemptEnd): Promise<void> {
    if (end.type === "ended") await this.#ended(job, end.message);
    else this.#died(job, end);
    await rm(join(this.#options.work, `${job.id}-${job.attempt}`), {
      recursive: true,
      force: true,
    });
    this.#options.onEnd();
  }

  async #ended(job: TakenJob, message: EndedMessage): Promise<void> {
    const { status, error, readings, nodes } = message;
    const { queue } = this.#options;
    if (status === "cancelled" && this.#isStopping) {
      const why = error === undefined ? cancelledError() : asError(error);
      queue.requeue(job.id, job.attempt, "stopped", why);
      return this.#tellChange(job);
    }
    try {
      await this.#options.store.exclusive(async () => {
        const results = await this.#store(job, message.results);
        this.#finish(job, { status, error, results, readings, nodes });
      });
    } catch (thrown) {
      const remedy = "Check the space left in the data folder.";
      const failure = toDiopterError(thrown, "output/unwritable", remedy).toJSON();
      this.#finish(job, { status: "failed", error: failure, readings, nodes });
    }
  }

  #died(job: TakenJob, { because, error, nodes }: Extract<AttemptEnd, { type: "died" }>): void {
    const { queue, logger } = this.#options;
    logger.warn({ job: job.id, node: nodes[0], because, code: error.code }, "attempt died");
    const [node] = nodes;
    const placed = node === undefined ? error : error.at(node);
    if (because === "cancelled") {
      this.#finish(job, { status: "cancelled", error: cancelledError().toJSON() });
      return;
    }
    if (because === "stopped") queue.requeue(job.id, job.attempt, "stopped", placed);
    else {
      this.#tellDeath(job, placed, nodes);
      if (because === "hung") {
        this.#finish(job, { status: "failed", error: placed.toJSON() });
        return;
      }
      const status = queue.requeue(job.id, job.attempt, "died", placed);
      this.#tellChange(job, status !== "queued");
      return;
    }
    this.#tellChange(job);
  }

  /** The nodes that ran are told to have failed, so that nobody waits for their end. */
  #tellDeath(job: TakenJob, error: DiopterError, nodes: readonly string[]): void {
    const { queue } = this.#options;
    const last = queue.get(job.id)?.lastEvent ?? job.lastEvent;
    const events = deathEvents(nodes, error, last);
    if (queue.record(job.id, job.attempt, events)) this.#tellEvents(job, events);
  }

  async #store(job: TakenJob, written: readonly WrittenResult[]): Promise<readonly StoredResult[]> {
    const folder = join(this.#options.work, `${job.id}-${job.attempt}`);
    const stored: StoredResult[] = [];
    for (const { path, ...result } of written) {
      await this.#options.store.take(join(folder, path), result.hash);
      stored.push(result);
    }
    return stored;
  }

  #finish(job: TakenJob, outcome: JobOutcome): void {
    const { queue, logger } = this.#options;
    if (!queue.finish(job.id, job.attempt, outcome)) return;
    const { status, error } = outcome;
    logger.info({ job: job.id, status, code: error?.code, node: error?.node }, "job ended");
    this.#tellChange(job, true);
  }

  #tellStart(job: TakenJob): void {
    this.#options.logger.info({ job: job.id, attempt: job.attempt }, "job starts");
    this.#tellChange(job);
    if (job.attempt === 1) return;
    const { id, attempt, lastEvent } = job;
    this.#options.news.publish({ type: "restarted", job: id, attempt, after: lastEvent });
  }

  #tellEvents(job: TakenJob, events: Parameters<JobQueue["record"]>[2]): void {
    this.#options.news.publish({ type: "events", job: job.id, events });
    if (events.some((event) => event.type === "run-progressed")) this.#tellChange(job);
  }

  #tellChange(job: TakenJob, hasEnded = false): void {
    this.#options.news.publish({ type: "changed", job: job.id, hasEnded });
  }
}

function asError(description: ErrorDescription): DiopterError {
  return new DiopterError(description.code, description);
}
