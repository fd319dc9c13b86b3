import type { ErrorDescription } from "@diopter/engine";
import { z } from "zod";
import {
  errorDescriptionSchema,
  type Job,
  type JobNode,
  type JobResult,
  jobNodeSchema,
  jobResultSchema,
  jobStatuses,
} from "../protocol/index.js";

/** What a job runs: settled when it was submitted, so that later edits do not reach it. */
export const jobRequestSchema = z.object({
  /** The workflow as JSON, with settings applied and called workflows laid out. */
  document: z.string(),
  /** The workflow as results carry it; by default the same. */
  embedded: z.string().exactOptional(),
  targets: z.array(z.string()).exactOptional(),
  /** Folder of the document, relative to the library. */
  folder: z.string(),
  /** Text chunks that PNG results carry besides the workflow, by keyword. */
  texts: z.record(z.string(), z.string()).exactOptional(),
});
export type JobRequest = z.infer<typeof jobRequestSchema>;

/** A job to be queued. */
export interface NewJob {
  readonly name: string;
  readonly request: JobRequest;
  readonly priority?: number | undefined;
  /** Before all that have its priority. */
  readonly first?: boolean | undefined;
  readonly workflowId?: string | undefined;
  /** By default a new one. */
  readonly id?: string | undefined;
  /** What a protocol wants to know of the job later, as JSON. */
  readonly extra?: string | undefined;
}

export interface QueueLimits {
  /** Jobs that may wait. */
  readonly queueLimit: number;
  /** A job that died so often is not queued again. */
  readonly maxAttempts: number;
}

/** A job that was taken to be run. */
export interface TakenJob {
  readonly id: string;
  /** Counts from 1; what an earlier attempt reports late is refused. */
  readonly attempt: number;
  readonly request: JobRequest;
  /** The number of the last event of earlier attempts. */
  readonly lastEvent: number;
}

/** Which jobs to list, the newest first. */
export interface JobFilter {
  readonly statuses?: readonly string[] | undefined;
  readonly limit: number;
  /** Only those that are older than this one. */
  readonly before?: string | undefined;
}

/** How an attempt ended. */
export interface JobOutcome {
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly error?: ErrorDescription | undefined;
  readonly results?: readonly StoredResult[];
  readonly readings?: Readonly<Record<string, number | string | boolean>>;
  readonly nodes?: Readonly<Record<string, JobNode>>;
}

/** A result without its address. */
export type StoredResult = Omit<JobResult, "url">;

const storedResults = z.array(jobResultSchema.omit({ url: true }));
const nodeTable = z.record(z.string(), jobNodeSchema);
const readingTable = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

/** Columns of a job that lists show. */
export const jobColumns = `number, id, name, status, priority, created, started, ended, fraction,
  remaining, workflow_id, json_extract(request, '$.targets') AS targets, error, attempts,
  last_event, results, readings, cancelling, place`;

export const jobRowSchema = z.object({
  number: z.int(),
  id: z.string(),
  name: z.string(),
  status: z.enum(jobStatuses),
  priority: z.int(),
  created: z.number(),
  started: z.number().nullable(),
  ended: z.number().nullable(),
  fraction: z.number().nullable(),
  remaining: z.number().nullable(),
  workflow_id: z.string().nullable(),
  targets: z.string().nullable(),
  error: z.string().nullable(),
  attempts: z.int(),
  last_event: z.int(),
  results: z.string(),
  readings: z.string().nullable(),
  cancelling: z.int(),
  place: z.number(),
  nodes: z.string().nullable().optional(),
});
export type JobRow = z.infer<typeof jobRowSchema>;

/** Where the bytes of a result are fetched. */
export function resultUrl(hash: string, name: string): string {
  const last = name.split("/").at(-1) ?? name;
  return `/api/v1/results/${hash}/${encodeURIComponent(last)}`;
}

/** A job as clients see it. */
export function jobOfRow(row: JobRow): Job {
  const { id, name, status, priority, created, attempts } = row;
  const results = storedResults
    .parse(JSON.parse(row.results))
    .map((result) => ({ ...result, url: resultUrl(result.hash, result.name) }));
  const about = { id, name, status, priority, created, attempts };
  return { ...about, lastEvent: row.last_event, results, ...momentsOf(row), ...detailsOf(row) };
}

function momentsOf({ started, ended, fraction, remaining }: JobRow) {
  return {
    ...(started === null ? {} : { started }),
    ...(ended === null ? {} : { ended }),
    ...(fraction === null ? {} : { fraction }),
    ...(remaining === null ? {} : { remaining }),
  };
}

function detailsOf({ workflow_id, targets, error, readings, nodes }: JobRow) {
  return {
    ...(workflow_id === null ? {} : { workflowId: workflow_id }),
    ...(targets === null ? {} : { targets: z.array(z.string()).parse(JSON.parse(targets)) }),
    ...(error === null ? {} : { error: errorDescriptionSchema.parse(JSON.parse(error)) }),
    ...(readings === null ? {} : { readings: readingTable.parse(JSON.parse(readings)) }),
    ...(typeof nodes === "string" ? { nodes: nodeTable.parse(JSON.parse(nodes)) } : {}),
  };
}
