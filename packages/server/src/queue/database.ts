import { DiopterError, toDiopterError } from "@diopter/engine";
import Database from "libsql";
import { z } from "zod";
import { migrations } from "./schema.js";

/** What a statement may be given. */
export type SqlValue = string | number | null;

const inMemory = ":memory:";
/** A process that was just killed may take a moment to go. */
const waitMilliseconds = 1000;

/** An SQLite file that this process alone uses while it is open. */
export class QueueDatabase {
  readonly #database: Database.Database;
  /** Holds a lock that the system takes back from a process that dies. */
  readonly #lock: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  private constructor(database: Database.Database, lock: Database.Database) {
    this.#database = database;
    this.#lock = lock;
  }

  /**
   * Opens the file, made if it is not there, and brings it to the current version.
   * @throws DiopterError `usage/invalid` where another server uses it, a newer one made it, or it
   * is damaged.
   */
  static open(path: string): QueueDatabase {
    const lock = takeLock(path === inMemory ? path : `${path}.lock`);
    try {
      const database = new Database(path, { timeout: waitMilliseconds });
      database.pragma("journal_mode = WAL");
      // A killed process loses nothing; a machine that loses power may lose the last moments.
      database.pragma("synchronous = NORMAL");
      database.pragma("foreign_keys = ON");
      migrate(database);
      return new QueueDatabase(database, lock);
    } catch (thrown) {
      lock.close();
      throw toDiopterError(thrown, "usage/invalid", "Restore the data folder, or name another.");
    }
  }

  /** Runs a statement; tells how many rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#statement(sql).run(...values).changes;
  }

  /** The rows that a query gives, each checked. */
  all<T>(schema: z.ZodType<T>, sql: string, ...values: readonly SqlValue[]): readonly T[] {
    return this.#statement(sql)
      .all(...values)
      .map((row) => schema.parse(row));
  }

  /** The first row that a query gives. */
  get<T>(schema: z.ZodType<T>, sql: string, ...values: readonly SqlValue[]): T | undefined {
    const row: unknown = this.#statement(sql).get(...values);
    return row === undefined ? undefined : schema.parse(row);
  }

  /** All of it, or nothing where it throws. */
  transaction<T>(body: () => T): T {
    if (this.#database.inTransaction) return body();
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = body();
      this.#database.exec("COMMIT");
      return result;
    } catch (thrown) {
      this.#database.exec("ROLLBACK");
      throw thrown;
    }
  }

  /** What SQLite finds wrong with the file: nothing where it is sound. */
  problems(): readonly string[] {
    const row = z.object({ integrity_check: z.string() });
    const found = this.all(row, "PRAGMA integrity_check").map((line) => line.integrity_check);
    return found.filter((line) => line !== "ok");
  }

  close(): void {
    if (!this.#database.open) return;
    this.#statements.clear();
    this.#database.close();
    this.#lock.exec("ROLLBACK");
    this.#lock.close();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Two servers on one queue would both run its jobs. */
function takeLock(path: string): Database.Database {
  try {
    const lock = new Database(path, { timeout: waitMilliseconds });
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    throw new DiopterError("usage/invalid", {
      message: "Another server uses this data folder.",
      remedy: "Stop it, or name another folder with --data.",
      cause,
    });
  }
}

function migrate(database: Database.Database): void {
  const versionRow = z.object({ user_version: z.int() });
  const [row] = z.array(versionRow).parse(database.pragma("user_version"));
  const version = row?.user_version ?? 0;
  if (version > migrations.length) {
    throw new DiopterError("usage/invalid", {
      message: "The data folder was made by a newer Diopter.",
      remedy: "Use that one, or name another folder with --data.",
    });
  }
  for (const [index, statement] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${statement} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
