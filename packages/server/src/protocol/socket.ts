import { z } from "zod";
import { errorDescriptionSchema } from "./errors.js";
import { runEventSchema } from "./events.js";
import { jobSchema } from "./jobs.js";

const name = z.string().min(1).max(200);
const documentId = z.string().min(1).max(500);
const selection = z.array(z.string().max(500)).max(10_000);
const revision = z.int().min(0);

/** A command of @diopter/engine/editing; the documents' own schema checks the rest. */
const command = z.looseObject({ kind: z.string().max(100) });

/** What clients send: JSON text. */
export const clientMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("hello"), client: name, name: name.optional() }),
  z.strictObject({ type: z.literal("watch-job"), job: name, after: z.int().min(0) }),
  z.strictObject({ type: z.literal("unwatch-job"), job: name }),
  z.strictObject({ type: z.literal("watch-queue") }),
  z.strictObject({ type: z.literal("unwatch-queue") }),
  z.strictObject({ type: z.literal("watch-library") }),
  z.strictObject({ type: z.literal("open-document"), document: documentId }),
  z.strictObject({ type: z.literal("close-document"), document: documentId }),
  z.strictObject({ type: z.literal("edit"), document: documentId, edit: name, command }),
  z.strictObject({
    type: z.literal("presence"),
    document: documentId,
    selection,
    pointer: z.tuple([z.number(), z.number()]).optional(),
  }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

const presentClient = z.object({
  client: z.string(),
  name: z.string(),
  colour: z.string(),
  selection,
  pointer: z.tuple([z.number(), z.number()]).exactOptional(),
});
export type PresentClient = z.infer<typeof presentClient>;

/** What the server sends as JSON text; previews are binary: see frames. */
export const serverMessageSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("welcome"),
    client: z.string(),
    version: z.string(),
    /** The hash of GET /nodes: another one means that the nodes should be fetched again. */
    registry: z.string(),
  }),
  z.object({ type: z.literal("queue"), jobs: z.array(jobSchema), paused: z.boolean() }),
  z.object({ type: z.literal("job-changed"), job: jobSchema }),
  z.object({ type: z.literal("job-removed"), id: z.string() }),
  /** Consecutive events, several to a frame. */
  z.object({
    type: z.literal("job-events"),
    job: z.string(),
    events: z.array(runEventSchema).readonly(),
  }),
  /** Follows the last event of an attempt that was cut off; `after` is that event's number. */
  z.object({
    type: z.literal("job-restarted"),
    job: z.string(),
    attempt: z.int(),
    after: z.int(),
  }),
  z.object({
    type: z.literal("document"),
    document: z.string(),
    revision,
    content: z.unknown(),
    clients: z.array(presentClient),
    /** The last edits that were taken in: a client need not send them again. */
    edits: z.array(z.string()).exactOptional(),
  }),
  z.object({
    type: z.literal("document-changed"),
    document: z.string(),
    revision,
    command,
    by: z.string(),
    edit: z.string(),
  }),
  z.object({
    type: z.literal("edit-refused"),
    document: z.string(),
    edit: z.string(),
    error: errorDescriptionSchema,
  }),
  z.object({ type: z.literal("document-saved"), document: z.string(), revision }),
  z.object({
    type: z.literal("document-replaced"),
    document: z.string(),
    revision,
    content: z.unknown(),
    because: z.string(),
    /** What became of edits that were not saved yet. */
    note: z.string().exactOptional(),
  }),
  z.object({
    type: z.literal("library-changed"),
    /** The id of what was saved, made or removed; absent where it may be any. */
    workflow: z.string().exactOptional(),
  }),
  z.object({
    type: z.literal("presence"),
    document: z.string(),
    clients: z.array(presentClient),
  }),
  z.object({
    type: z.literal("error"),
    error: errorDescriptionSchema,
    /** The document that could not be opened, or whose file is the trouble. */
    document: z.string().exactOptional(),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
