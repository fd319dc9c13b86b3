import { z } from "zod";
import type { QueueDatabase } from "./database.js";

const hashRow = z.object({ hash: z.string() });
const bytesRow = z.object({ bytes: z.int() });
const jobRow = z.object({ id: z.string() });
const countRow = z.object({ count: z.int() });

/** Which jobs refer to which results. */
export class ResultReferences {
  readonly #database: QueueDatabase;

  constructor(database: QueueDatabase) {
    this.#database = database;
  }

  has(hash: string): boolean {
    const sql = "SELECT count(*) AS count FROM results WHERE hash = ?";
    return (this.#database.get(countRow, sql, hash)?.count ?? 0) > 0;
  }

  /** The hashes of a job's results that no other job refers to. */
  onlyOf(id: string): readonly string[] {
    const rows = this.#database.all(
      hashRow,
      `SELECT hash FROM results WHERE job = (SELECT number FROM jobs WHERE id = ?)
       EXCEPT SELECT hash FROM results WHERE job <> (SELECT number FROM jobs WHERE id = ?)`,
      id,
      id,
    );
    return rows.map(({ hash }) => hash);
  }

  /** Bytes of all results, equal ones once. */
  totalBytes(): number {
    const sql =
      "SELECT coalesce(sum(bytes), 0) AS bytes FROM (SELECT DISTINCT hash, bytes FROM results)";
    return this.#database.get(bytesRow, sql)?.bytes ?? 0;
  }

  /** The oldest job that has ended and has results, but for the latest `pinned` jobs. */
  oldestJob(pinned: number): string | undefined {
    const row = this.#database.get(
      jobRow,
      `SELECT id FROM jobs WHERE status NOT IN ('queued', 'running')
         AND number IN (SELECT job FROM results)
         AND number NOT IN (SELECT number FROM jobs ORDER BY number DESC LIMIT ?)
       ORDER BY number LIMIT 1`,
      pinned,
    );
    return row?.id;
  }
}
