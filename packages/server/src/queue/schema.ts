/**
 * Statement n brings the database from version n to n + 1. Written ones are never changed: a new
 * version is a new statement.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE jobs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    priority INTEGER NOT NULL,
    place REAL NOT NULL,
    created REAL NOT NULL,
    started REAL,
    ended REAL,
    fraction REAL,
    remaining REAL,
    workflow_id TEXT,
    request TEXT NOT NULL,
    extra TEXT,
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    cancelling INTEGER NOT NULL DEFAULT 0,
    last_event INTEGER NOT NULL DEFAULT 0,
    results TEXT NOT NULL DEFAULT '[]',
    readings TEXT,
    nodes TEXT
  ) STRICT;
  CREATE INDEX jobs_by_status ON jobs (status, priority DESC, place);
  CREATE TABLE events (
    job INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job, first)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE results (
    job INTEGER NOT NULL REFERENCES jobs (number) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (hash, job)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX results_by_job ON results (job);
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
];
