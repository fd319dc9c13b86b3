import { z } from "zod";
import { errorDescriptionSchema } from "./errors.js";
import { runEventSchema } from "./events.js";

export const jobStatuses = ["queued", "running", "succeeded", "failed", "cancelled"] as const;

/** Bytes that a job made; they stay the same for ever at `url`. */
export const jobResultSchema = z
  .object({
    node: z.string(),
    /** The path that the node was given, relative to the job's own folder. */
    name: z.string(),
    /** Media type, such as image/png. */
    type: z.string(),
    bytes: z.int(),
    width: z.int().exactOptional(),
    height: z.int().exactOptional(),
    /** SHA-256, 64 hexadecimal digits. */
    hash: z.string(),
    url: z.string(),
  })
  .meta({ id: "JobResult" });
export type JobResult = z.infer<typeof jobResultSchema>;

/** How one node of a job fared. */
export const jobNodeSchema = z
  .object({
    status: z.enum(["executed", "cached", "failed", "skipped"]),
    milliseconds: z.number(),
    from: z.enum(["memory", "disk"]).exactOptional(),
    error: errorDescriptionSchema.exactOptional(),
    notes: z.array(z.string()).exactOptional(),
    because: z.string().exactOptional(),
  })
  .meta({ id: "JobNode" });
export type JobNode = z.infer<typeof jobNodeSchema>;

/** A workflow that runs, ran or will run. Times are milliseconds since 1970. */
export const jobSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(jobStatuses),
    /** Higher ones run first. */
    priority: z.int(),
    /** Place among the queued ones, from 0. */
    position: z.int().exactOptional(),
    created: z.number(),
    started: z.number().exactOptional(),
    ended: z.number().exactOptional(),
    /** 0 to 1 over the whole run. */
    fraction: z.number().exactOptional(),
    /** Milliseconds left. */
    remaining: z.number().exactOptional(),
    workflowId: z.string().exactOptional(),
    targets: z.array(z.string()).exactOptional(),
    error: errorDescriptionSchema.exactOptional(),
    /** How often it was started. */
    attempts: z.int(),
    /** The number of its last event: whoever saw it has missed nothing. */
    lastEvent: z.int(),
    results: z.array(jobResultSchema),
    /** Numbers and texts that result nodes gave, by `node.output`. */
    readings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).exactOptional(),
    /** By node id, once the job has ended; left out of lists. */
    nodes: z.record(z.string(), jobNodeSchema).exactOptional(),
  })
  .meta({ id: "Job" });
export type Job = z.infer<typeof jobSchema>;

/** A workflow as JSON: checked by the engine, whose complaints name the place. */
export const workflowContentSchema = z
  .looseObject({ diopter: z.number(), nodes: z.record(z.string(), z.unknown()) })
  .meta({ id: "Workflow", description: "A workflow document: see docs/workflows.md." });

/** The workflow that a job runs, its settings applied. */
export const jobWorkflowSchema = z
  .object({ workflow: workflowContentSchema })
  .meta({ id: "JobWorkflow" });

const jobName = z.string().min(1).max(200);
const priority = z.int().min(-1_000_000).max(1_000_000);

export const submitJobSchema = z
  .strictObject({
    /** A document, or the id of one in the library. */
    workflow: z.union([z.string().min(1).max(500), workflowContentSchema]),
    /** Library document whose folder relative paths start from, where `workflow` is a document. */
    workflowId: z.string().min(1).max(500).optional(),
    /** By public name or `node.parameter`. */
    settings: z
      .record(z.string(), z.union([z.number(), z.string().max(100_000), z.boolean()]))
      .optional(),
    targets: z.array(z.string().max(500)).max(10_000).optional(),
    priority: priority.optional(),
    name: jobName.optional(),
  })
  .meta({ id: "SubmitJob" });
export type SubmitJob = z.infer<typeof submitJobSchema>;

export const listJobsQuerySchema = z.strictObject({
  /** One status, or several with commas between. */
  status: z
    .string()
    .regex(new RegExp(`^(${jobStatuses.join("|")})(,(${jobStatuses.join("|")}))*$`))
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** A job's id: those after it in the list, which is newest first. */
  before: z.string().max(100).optional(),
});

export const queueStateSchema = z.object({ paused: z.boolean() }).meta({ id: "QueueState" });

export const jobListSchema = z
  .object({ jobs: z.array(jobSchema), queue: queueStateSchema })
  .meta({ id: "JobList" });

/** Puts a queued job before another one, or last where `before` is null; takes its priority. */
export const moveJobSchema = z
  .strictObject({ before: z.string().max(100).nullable() })
  .meta({ id: "MoveJob" });

export const jobPrioritySchema = z.strictObject({ priority }).meta({ id: "JobPriority" });

export const jobEventsQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(10_000),
});

export const jobEventsSchema = z
  .object({ events: z.array(runEventSchema) })
  .meta({ id: "JobEvents" });
