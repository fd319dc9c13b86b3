import { deviceNames } from "@diopter/engine";
import { z } from "zod";
import {
  errorDescriptionSchema,
  jobNodeSchema,
  jobResultSchema,
  previewHeaderSchema,
  runEventSchema,
} from "../protocol/index.js";
import { jobRequestSchema } from "../queue/index.js";

const attempt = { job: z.string(), attempt: z.int() };

/** How a runner is set up: the first message that it gets. */
export const runnerSetupSchema = z.object({
  device: z.enum(deviceNames),
  packages: z.array(z.string()),
  /** Packages are found from this file's folder. */
  configurationPath: z.string(),
  memoryBudget: z.number().optional(),
  memoryCache: z.number(),
  diskCache: z.number(),
  readable: z.array(z.string()),
  /** Folders, absolute: see DataFolders. */
  root: z.string(),
  library: z.string(),
  work: z.string(),
  cache: z.string(),
  states: z.string(),
  stateBytes: z.number(),
  stateSeconds: z.number(),
});
export type RunnerSetup = z.infer<typeof runnerSetupSchema>;

/** From the server to a runner. */
export const toRunnerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("set-up"), setup: runnerSetupSchema }),
  z.object({
    ...attempt,
    type: z.literal("run"),
    request: jobRequestSchema,
    /** Its events are numbered on from here. */
    lastEvent: z.int(),
  }),
  z.object({ ...attempt, type: z.literal("cancel") }),
  /** Somebody looks at the running job, or nobody does: previews cost time. */
  z.object({ type: z.literal("watch"), watched: z.boolean() }),
  z.object({ type: z.literal("free") }),
]);
export type ToRunner = z.infer<typeof toRunnerSchema>;

/** A file that a job wrote: not yet in the store. */
export const writtenResultSchema = jobResultSchema.omit({ url: true }).extend({
  /** Relative to the attempt's own folder. */
  path: z.string(),
});
export type WrittenResult = z.infer<typeof writtenResultSchema>;

/** From a runner to the server. */
export const fromRunnerSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    id: z.string(),
    description: z.string(),
    reason: z.string().optional(),
    memoryBudget: z.number(),
    resident: z.number(),
  }),
  /** It cannot run anything, such as on a device that is not there. */
  z.object({ type: z.literal("unusable"), error: errorDescriptionSchema }),
  z.object({ ...attempt, type: z.literal("events"), events: z.array(runEventSchema).readonly() }),
  z.object({
    ...attempt,
    type: z.literal("preview"),
    header: previewHeaderSchema,
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
  z.object({
    ...attempt,
    type: z.literal("ended"),
    status: z.enum(["succeeded", "failed", "cancelled"]),
    error: errorDescriptionSchema.optional(),
    results: z.array(writtenResultSchema).readonly(),
    readings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
    nodes: z.record(z.string(), jobNodeSchema),
    resident: z.number(),
  }),
  z.object({ type: z.literal("freed"), resident: z.number() }),
]);
export type FromRunner = z.infer<typeof fromRunnerSchema>;
