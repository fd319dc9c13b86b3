import type { DiopterError } from "@diopter/engine";
import { z } from "zod";
import { conflict, notFound } from "../http/request-errors.js";
import type { Job } from "../protocol/index.js";
import type { QueueDatabase } from "./database.js";
import { cancelledError, endedError } from "./job-errors.js";
import { type JobOutcome, type JobRow, jobColumns, jobOfRow, jobRowSchema } from "./stored-job.js";

const idRow = z.object({ id: z.string() });
const countRow = z.object({ count: z.int() });
const deathsRow = z.object({ deaths: z.int() });

/** Rows of jobs, and the ways in which a running one stops running. Called within transactions. */
export class JobTable {
  readonly #database: QueueDatabase;
  readonly #maxAttempts: number;
  readonly #now: () => number;

  constructor(database: QueueDatabase, maxAttempts: number, now: () => number) {
    this.#database = database;
    this.#maxAttempts = maxAttempts;
    this.#now = now;
  }

  row(id: string): JobRow | undefined {
    const sql = `SELECT ${jobColumns}, nodes FROM jobs WHERE id = ?`;
    return this.#database.get(jobRowSchema, sql, id);
  }

  /** @throws DiopterError `request/not-found`. */
  require(id: string): JobRow {
    const row = this.row(id);
    if (row === undefined) throw notFound("There is no such job.", "List the jobs there are.");
    return row;
  }

  /** @throws DiopterError `request/not-found`, `request/conflict`. */
  requireWaiting(id: string): JobRow {
    const row = this.require(id);
    if (row.status === "queued") return row;
    if (row.status !== "running") throw endedError("moved");
    throw conflict("The job runs already.", "Only jobs that wait have a place.");
  }

  /** The job's row while it runs in this attempt. */
  running(id: string, attempt: number): JobRow | undefined {
    const row = this.row(id);
    return row?.status === "running" && row.attempts === attempt ? row : undefined;
  }

  /** A job as clients see it. */
  job(row: JobRow): Job {
    const job = jobOfRow(row);
    if (row.status !== "queued") return job;
    const { priority, place } = row;
    const before = this.#database.get(
      countRow,
      `SELECT count(*) AS count FROM jobs
       WHERE status = 'queued' AND (priority > ? OR (priority = ? AND place < ?))`,
      priority,
      priority,
      place,
    );
    return { ...job, position: before?.count ?? 0 };
  }

  /** Ids of those that wait, the next one first. */
  waiting(): readonly string[] {
    const sql = "SELECT id FROM jobs WHERE status = 'queued' ORDER BY priority DESC, place";
    return this.#database.all(idRow, sql).map(({ id }) => id);
  }

  end({ number, status }: JobRow, outcome: JobOutcome): void {
    const { error, results = [], readings, nodes } = outcome;
    this.#database.run(
      `UPDATE jobs SET status = ?, ended = ?, error = ?, results = ?, readings = ?, nodes = ?,
         fraction = CASE WHEN ? = 'succeeded' THEN 1 ELSE fraction END, remaining = NULL,
         cancelling = 0 WHERE number = ? AND status = ?`,
      outcome.status,
      this.#now(),
      error === undefined ? null : JSON.stringify(error),
      JSON.stringify(results),
      readings === undefined ? null : JSON.stringify(readings),
      nodes === undefined ? null : JSON.stringify(nodes),
      outcome.status,
      number,
      status,
    );
    for (const { hash, bytes } of results) {
      this.#database.run(
        "INSERT OR IGNORE INTO results (job, hash, bytes) VALUES (?, ?, ?)",
        number,
        hash,
        bytes,
      );
    }
  }

  /** See JobQueue.requeue. */
  putBack(row: JobRow, hasDied: boolean, error: DiopterError): Job["status"] {
    if (row.cancelling === 1) {
      this.end(row, { status: "cancelled", error: cancelledError().toJSON() });
      return "cancelled";
    }
    const sql = "SELECT deaths FROM jobs WHERE number = ?";
    const before = this.#database.get(deathsRow, sql, row.number)?.deaths ?? 0;
    const deaths = before + (hasDied ? 1 : 0);
    this.#database.run("UPDATE jobs SET deaths = ? WHERE number = ?", deaths, row.number);
    if (deaths >= this.#maxAttempts) {
      this.end(row, { status: "failed", error: error.toJSON() });
      return "failed";
    }
    this.#database.run("UPDATE jobs SET status = 'queued' WHERE number = ?", row.number);
    return "queued";
  }
}
