import type { RunEvent } from "@diopter/engine/events";
import { z } from "zod";
import { errorDescriptionSchema } from "./errors.js";

const numbered = {
  /** Counts from 1 without gaps within a job, over all of its attempts. */
  sequence: z.int().min(1),
  /** Milliseconds since the attempt started. */
  at: z.number(),
};
const place = { node: z.string(), item: z.array(z.int()).exactOptional() };

const summarySchema = z.object({
  status: z.enum(["succeeded", "failed", "cancelled"]),
  executed: z.int(),
  cached: z.int(),
  failed: z.int(),
  skipped: z.int(),
  milliseconds: z.number(),
});

/** What happens during a run: see RunEvent of the engine. */
export const runEventSchema: z.ZodType<RunEvent> = z
  .discriminatedUnion("type", [
    z.object({
      ...numbered,
      type: z.literal("run-started"),
      nodes: z.array(z.string()),
      device: z.string(),
    }),
    z.object({ ...numbered, ...place, type: z.literal("node-started") }),
    z.object({
      ...numbered,
      ...place,
      type: z.literal("node-progressed"),
      done: z.number(),
      total: z.number(),
      label: z.string().exactOptional(),
      within: z.object({ done: z.number(), total: z.number(), label: z.string() }).exactOptional(),
      remaining: z.number().exactOptional(),
    }),
    z.object({
      ...numbered,
      type: z.literal("node-noted"),
      node: z.string(),
      message: z.string(),
    }),
    z.object({
      ...numbered,
      ...place,
      type: z.literal("node-cached"),
      from: z.enum(["memory", "disk"]),
    }),
    z.object({
      ...numbered,
      ...place,
      type: z.literal("node-finished"),
      milliseconds: z.number(),
    }),
    z.object({
      ...numbered,
      ...place,
      type: z.literal("node-failed"),
      error: errorDescriptionSchema,
    }),
    z.object({
      ...numbered,
      type: z.literal("node-skipped"),
      node: z.string(),
      because: z.string(),
    }),
    z.object({ ...numbered, ...place, type: z.literal("preview-ready"), kind: z.string() }),
    z.object({
      ...numbered,
      type: z.literal("run-progressed"),
      fraction: z.number(),
      remaining: z.number().exactOptional(),
    }),
    z.object({ ...numbered, type: z.literal("run-finished"), summary: summarySchema }),
  ])
  .meta({ id: "RunEvent" });
