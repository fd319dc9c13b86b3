import { randomUUID } from "node:crypto";
import type { DiopterError, RunEvent } from "@diopter/engine";
import { z } from "zod";
import { conflict } from "../http/request-errors.js";
import type { Job } from "../protocol/index.js";
import type { QueueDatabase } from "./database.js";
import { EventStore } from "./event-store.js";
import { cancelledError, endedError, fullError, lostError, takenError } from "./job-errors.js";
import { JobTable } from "./job-table.js";
import {
  type JobFilter,
  type JobOutcome,
  type JobRequest,
  jobColumns,
  jobOfRow,
  jobRequestSchema,
  jobRowSchema,
  type NewJob,
  type QueueLimits,
  type TakenJob,
} from "./stored-job.js";

const countRow = z.object({ count: z.int() });
const idRow = z.object({ id: z.string() });
const requestRow = z.object({ request: z.string(), extra: z.string().nullable() });
const takeRow = jobRowSchema.extend({ request: z.string() });
const lastPlace =
  "(SELECT coalesce(max(place) + 1, 0) FROM jobs WHERE status IN ('queued', 'running'))";
const firstPlace =
  "(SELECT coalesce(min(place) - 1, 0) FROM jobs WHERE status IN ('queued', 'running'))";

/**
 * Jobs that wait, run and have ended, in a database. Every method is one transaction: whatever
 * kills the process, a job is in exactly one state, and it ends once.
 */
export class JobQueue {
  readonly #database: QueueDatabase;
  readonly #limits: QueueLimits;
  readonly #events: EventStore;
  readonly #table: JobTable;
  readonly #now: () => number;

  constructor(database: QueueDatabase, limits: QueueLimits, now: () => number = Date.now) {
    this.#database = database;
    this.#limits = limits;
    this.#events = new EventStore(database);
    this.#table = new JobTable(database, limits.maxAttempts, now);
    this.#now = now;
  }

  /** @throws DiopterError `queue/full`, `request/conflict` where the id is taken. */
  add({ name, request, priority = 0, first = false, workflowId, id, extra }: NewJob): Job {
    const key = id ?? randomUUID();
    return this.#database.transaction(() => {
      this.#requireRoom();
      if (id !== undefined && this.#table.row(id) !== undefined) throw takenError(id);
      this.#database.run(
        `INSERT INTO jobs (id, name, status, priority, created, workflow_id, request, extra, place)
         VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ${first ? firstPlace : lastPlace})`,
        key,
        name,
        priority,
        this.#now(),
        workflowId ?? null,
        JSON.stringify(request),
        extra ?? null,
      );
      return this.#table.job(this.#table.require(key));
    });
  }

  /** With what became of its nodes. */
  get(id: string): Job | undefined {
    const row = this.#table.row(id);
    return row === undefined ? undefined : this.#table.job(row);
  }

  /** What a job runs, and what a protocol has stored with it. */
  stored(id: string): { readonly request: JobRequest; readonly extra: string | null } | undefined {
    const sql = "SELECT request, extra FROM jobs WHERE id = ?";
    const row = this.#database.get(requestRow, sql, id);
    if (row === undefined) return undefined;
    return { request: jobRequestSchema.parse(JSON.parse(row.request)), extra: row.extra };
  }

  list({ statuses, limit, before }: JobFilter): readonly Job[] {
    const most =
      before === undefined ? Number.MAX_SAFE_INTEGER : (this.#table.row(before)?.number ?? 0);
    const among = statuses === undefined ? "" : `AND status IN (${statuses.map(() => "?")})`;
    const rows = this.#database.all(
      jobRowSchema,
      `SELECT ${jobColumns} FROM jobs WHERE number < ? ${among} ORDER BY number DESC LIMIT ?`,
      most,
      ...(statuses ?? []),
      limit,
    );
    const positions = new Map(this.waiting().map((id, position) => [id, position]));
    return rows.map((row) => {
      const position = positions.get(row.id);
      return { ...jobOfRow(row), ...(position === undefined ? {} : { position }) };
    });
  }

  /** Ids of those that wait, the next one first. */
  waiting(): readonly string[] {
    return this.#table.waiting();
  }

  count(status: Job["status"]): number {
    const sql = "SELECT count(*) AS count FROM jobs WHERE status = ?";
    return this.#database.get(countRow, sql, status)?.count ?? 0;
  }

  /** Starts the next one, unless the queue is paused. */
  take(): TakenJob | undefined {
    return this.#database.transaction(() => {
      if (this.paused) return undefined;
      const row = this.#database.get(
        takeRow,
        `SELECT ${jobColumns}, request FROM jobs WHERE status = 'queued'
         ORDER BY priority DESC, place LIMIT 1`,
      );
      if (row === undefined) return undefined;
      this.#database.run(
        `UPDATE jobs SET status = 'running', started = coalesce(started, ?), attempts = ?,
           fraction = NULL, remaining = NULL WHERE number = ?`,
        this.#now(),
        row.attempts + 1,
        row.number,
      );
      const request = jobRequestSchema.parse(JSON.parse(row.request));
      return { id: row.id, attempt: row.attempts + 1, request, lastEvent: row.last_event };
    });
  }

  /**
   * Stores events of an attempt, which are numbered on from the job's last one.
   * @returns false, and nothing is stored, where the job does not run in this attempt.
   */
  record(id: string, attempt: number, events: readonly RunEvent[]): boolean {
    return this.#database.transaction(() => {
      const row = this.#table.running(id, attempt);
      if (row !== undefined) this.#events.append(row, events);
      return row !== undefined;
    });
  }

  /** @throws DiopterError `request/not-found`. */
  events(id: string, after: number, limit = Number.MAX_SAFE_INTEGER): readonly RunEvent[] {
    return this.#events.after(this.#table.require(id).number, after, limit);
  }

  /** Ends an attempt. False where the job does not run in this attempt: it has ended already. */
  finish(id: string, attempt: number, outcome: JobOutcome): boolean {
    return this.#database.transaction(() => {
      const row = this.#table.running(id, attempt);
      if (row !== undefined) this.#table.end(row, outcome);
      return row !== undefined;
    });
  }

  /**
   * Puts a running job back to where it waited. One that has died too often fails instead, and one
   * that is being cancelled is cancelled.
   * @param reason only deaths are counted against the job.
   * @param error what is said of it should it fail now.
   * @returns its new status; undefined where it does not run in this attempt.
   */
  requeue(id: string, attempt: number, reason: "died" | "stopped", error: DiopterError) {
    return this.#database.transaction(() => {
      const row = this.#table.running(id, attempt);
      return row && this.#table.putBack(row, reason === "died", error);
    });
  }

  /** After the server died: puts back all that ran, and tells which jobs these are. */
  recover(): readonly string[] {
    return this.#database.transaction(() => {
      const sql = `SELECT ${jobColumns} FROM jobs WHERE status = 'running'`;
      const rows = this.#database.all(jobRowSchema, sql);
      for (const row of rows) this.#table.putBack(row, true, lostError());
      return rows.map((row) => row.id);
    });
  }

  /**
   * A waiting job is cancelled at once; a running one is marked, and whoever runs it ends it.
   * @throws DiopterError `request/not-found`, `request/conflict` for one that has ended.
   */
  cancel(id: string): "cancelled" | "cancelling" {
    return this.#database.transaction(() => {
      const row = this.#table.require(id);
      if (row.status === "queued") {
        this.#table.end(row, { status: "cancelled", error: cancelledError().toJSON() });
        return "cancelled";
      }
      if (row.status !== "running") throw endedError("cancelled");
      this.#database.run("UPDATE jobs SET cancelling = 1 WHERE number = ?", row.number);
      return "cancelling";
    });
  }

  /** Queues a job that failed or was cancelled again. @throws DiopterError as cancel does. */
  retry(id: string): Job {
    return this.#database.transaction(() => {
      const row = this.#table.require(id);
      if (row.status !== "failed" && row.status !== "cancelled") {
        throw conflict("The job has neither failed nor been cancelled.", "Submit it anew.");
      }
      this.#requireRoom();
      this.#database.run(
        `UPDATE jobs SET status = 'queued', started = NULL, ended = NULL, error = NULL, deaths = 0,
           cancelling = 0, fraction = NULL, remaining = NULL, nodes = NULL, place = ${lastPlace}
         WHERE number = ?`,
        row.number,
      );
      return this.#table.job(this.#table.require(id));
    });
  }

  /** Puts a waiting job before another, or last. @throws DiopterError as cancel does. */
  move(id: string, before: string | null): void {
    this.#database.transaction(() => {
      const row = this.#table.requireWaiting(id);
      const others = this.waiting().filter((other) => other !== id);
      const place = before === null ? others.length : others.indexOf(before);
      if (place === -1) throw conflict("That job does not wait.", "Name one that waits.");
      const neighbour = others[place] ?? others.at(-1);
      const priority = neighbour && this.#table.row(neighbour)?.priority;
      this.#database.run(
        "UPDATE jobs SET priority = ? WHERE number = ?",
        priority ?? row.priority,
        row.number,
      );
      for (const [index, other] of others.toSpliced(place, 0, id).entries()) {
        this.#database.run("UPDATE jobs SET place = ? WHERE id = ?", index, other);
      }
    });
  }

  /** @throws DiopterError as cancel does. */
  setPriority(id: string, priority: number): void {
    this.#database.transaction(() => {
      const { number } = this.#table.requireWaiting(id);
      this.#database.run("UPDATE jobs SET priority = ? WHERE number = ?", priority, number);
    });
  }

  /** Forgets a job that does not run. @throws DiopterError as cancel does. */
  remove(id: string): void {
    this.#database.transaction(() => {
      const row = this.#table.require(id);
      if (row.status === "running") throw conflict("The job runs.", "Cancel it first.");
      this.#database.run("DELETE FROM jobs WHERE number = ?", row.number);
    });
  }

  /** The jobs that have ended but for so many of the newest, the newest first. */
  beyond(limit: number): readonly string[] {
    const sql = `SELECT id FROM jobs WHERE status NOT IN ('queued', 'running')
      ORDER BY number DESC LIMIT -1 OFFSET ?`;
    return this.#database.all(idRow, sql, limit).map(({ id }) => id);
  }

  get paused(): boolean {
    const sql = "SELECT count(*) AS count FROM settings WHERE name = 'paused'";
    return (this.#database.get(countRow, sql)?.count ?? 0) > 0;
  }

  /** While paused, nothing new starts; what runs goes on. Outlives a restart. */
  setPaused(paused: boolean): void {
    const sql = paused
      ? "INSERT OR REPLACE INTO settings (name, value) VALUES ('paused', 'true')"
      : "DELETE FROM settings WHERE name = 'paused'";
    this.#database.run(sql);
  }

  #requireRoom(): void {
    const { queueLimit } = this.#limits;
    if (this.count("queued") >= queueLimit) throw fullError(queueLimit);
  }
}
