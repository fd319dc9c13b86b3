import type { RunEvent } from "@diopter/engine";
import type { JobNews, Jobs } from "../jobs/index.js";
import type { PreviewHeader, ServerMessage } from "../protocol/index.js";
import type { Connection } from "../socket/index.js";
import { PreviewMemory } from "./preview-memory.js";

/** Events to a frame when a client catches up. */
const mostToAFrame = 2000;
const previewBytes = 32 * 2 ** 20;

/** Tells connections what happens in the jobs that they watch. */
export class JobWatchers {
  readonly #jobs: Jobs;
  readonly #onWatch: () => void;
  readonly #watchers = new Map<string, Set<Connection>>();
  readonly #previews = new PreviewMemory(previewBytes);

  /** @param onWatch called when another set of jobs is watched. */
  constructor(jobs: Jobs, onWatch: () => void) {
    this.#jobs = jobs;
    this.#onWatch = onWatch;
    jobs.subscribe((news) => {
      if (news.type === "events") this.#tellEvents(news.job, news.events);
      else if (news.type === "preview") this.#tellPreview(news.header, news.bytes);
      else if (news.type === "removed") this.#removed(news.job);
      else if (news.type === "restarted") this.#tell(news.job, restartText(news));
    });
  }

  isWatched(job: string): boolean {
    return this.#watchers.has(job);
  }

  /**
   * Sends the events after a number, the newest previews, and from then on whatever happens.
   * @throws DiopterError `request/not-found`.
   */
  watch(connection: Connection, job: string, after: number): void {
    const events = this.#jobs.events(job, after);
    for (let start = 0; start < events.length; start += mostToAFrame) {
      connection.sendText(eventsText(job, events.slice(start, start + mostToAFrame)));
    }
    for (const frame of this.#previews.framesOf(job)) connection.sendFrame(frame);
    const watchers = this.#watchers.get(job) ?? new Set();
    if (!watchers.has(connection)) connection.onClose(() => this.unwatch(connection, job));
    watchers.add(connection);
    this.#watchers.set(job, watchers);
    this.#onWatch();
  }

  unwatch(connection: Connection, job: string): void {
    const watchers = this.#watchers.get(job);
    if (watchers?.delete(connection) !== true) return;
    if (watchers.size === 0) this.#watchers.delete(job);
    this.#onWatch();
  }

  #tellEvents(job: string, events: readonly RunEvent[]): void {
    if (this.isWatched(job)) this.#tell(job, eventsText(job, events));
  }

  #tellPreview(header: PreviewHeader, bytes: Uint8Array): void {
    const frame = this.#previews.add(header, bytes);
    for (const connection of this.#watchers.get(header.job) ?? []) connection.sendFrame(frame);
  }

  #tell(job: string, text: string): void {
    for (const connection of this.#watchers.get(job) ?? []) connection.sendText(text);
  }

  #removed(job: string): void {
    this.#watchers.delete(job);
    this.#previews.forget(job);
  }
}

function restartText({ job, attempt, after }: Extract<JobNews, { type: "restarted" }>): string {
  return JSON.stringify({ type: "job-restarted", job, attempt, after } satisfies ServerMessage);
}

function eventsText(job: string, events: readonly RunEvent[]): string {
  return JSON.stringify({ type: "job-events", job, events } satisfies ServerMessage);
}
