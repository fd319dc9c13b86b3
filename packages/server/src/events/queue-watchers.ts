import type { Jobs } from "../jobs/index.js";
import type { Job, ServerMessage } from "../protocol/index.js";
import type { Connection } from "../socket/index.js";

/** Milliseconds in which changes of a job are told once. */
const pause = 50;
/** Jobs that have ended which a client is told when it begins to watch. */
const history = 100;

/** Tells connections that watch the queue how jobs change. */
export class QueueWatchers {
  readonly #jobs: Jobs;
  readonly #watchers = new Set<Connection>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
    jobs.subscribe((news) => {
      if (this.#watchers.size === 0) return;
      if (news.type === "changed") this.#later(news.job);
      else if (news.type === "removed") {
        this.#changed.delete(news.job);
        this.#tell({ type: "job-removed", id: news.job });
      } else if (news.type === "paused") this.#tell(this.#snapshot());
    });
  }

  /** Sends all jobs that wait or run and the latest others, and from then on what changes. */
  watch(connection: Connection): void {
    connection.send(this.#snapshot());
    if (!this.#watchers.has(connection)) connection.onClose(() => this.unwatch(connection));
    this.#watchers.add(connection);
  }

  unwatch(connection: Connection): void {
    this.#watchers.delete(connection);
  }

  #snapshot(): ServerMessage {
    const open = { statuses: ["queued", "running"], limit: Number.MAX_SAFE_INTEGER };
    const ended = { statuses: ["succeeded", "failed", "cancelled"], limit: history };
    const jobs = [...this.#jobs.list(open), ...this.#jobs.list(ended)];
    return { type: "queue", jobs, paused: this.#jobs.paused };
  }

  #later(job: string): void {
    this.#changed.add(job);
    this.#timer ??= setTimeout(() => this.#tellChanges(), pause);
  }

  #tellChanges(): void {
    this.#timer = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const id of changed) {
      const job = this.#jobs.find(id);
      if (job !== undefined) this.#tell({ type: "job-changed", job: withoutNodes(job) });
    }
  }

  #tell(message: ServerMessage): void {
    const text = JSON.stringify(message);
    for (const connection of this.#watchers) connection.sendText(text);
  }
}

function withoutNodes({ nodes: _, ...job }: Job): Job {
  return job;
}
