import { z } from "zod";
import { measureNames } from "../measure/measures.js";

const name = z.string().min(1).max(120);
/** Public names of the workflow, or `node.parameter`, and the values that they get. */
const settings = z.record(name, z.union([z.string(), z.number(), z.boolean()]));
const seed = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The form of a plan file, version 1. */
export const planSchema = z.strictObject({
  diopterPlan: z.literal(1),
  name,
  description: z.string().default(""),
  /** Paper and table that the plan is the counterpart of. */
  source: z.string().default(""),
  /** Folders of sharp pictures; paths start from the plan's folder. */
  pictures: z.array(z.strictObject({ name, folder: z.string().min(1) })).min(1),
  /** How the sharp pictures are made poor: see the node image/degrade. */
  degradations: z
    .array(
      z.strictObject({
        name,
        preset: z.enum(["light", "full", "bicubic"]),
        scale: z.number().int().min(1).max(16).default(4),
        seed: seed.default(0),
        sharpen: z.boolean().default(false),
      }),
    )
    .min(1),
  /** Seeds of the noise: each row runs once for each. */
  seeds: z.array(seed).min(1).default([0]),
  workflows: z
    .array(
      z.strictObject({
        name,
        path: z.string().min(1),
        set: settings.default({}),
        /** Ids of the nodes that are muted; all others then run, whatever the workflow says. */
        mute: z.array(name).optional(),
        /** Public name of the picture that is read. */
        image: name.default("image"),
        /** Public name of the seed. */
        seed: name.default("seed"),
        /** `node.output` that holds the result; by default what the node that saves is given. */
        result: name.optional(),
      }),
    )
    .min(1),
  /** Each workflow runs with each of these sets; one row each, the first is compared with. */
  parameters: z.array(z.strictObject({ name: z.string().max(120), set: settings })).min(1),
  measures: z.array(z.enum(measureNames)).min(1),
  /** Pixels that measures leave out on every side. */
  border: z.number().int().min(0).max(256).default(0),
  /** Measure the frequency bands of what each sampling step holds the result to be. */
  steps: z.boolean().default(false),
});

/** A comparison to be made: workflows × parameter sets × pictures × degradations × seeds. */
export type Plan = Readonly<z.infer<typeof planSchema>>;
export type PlannedWorkflow = Plan["workflows"][number];
export type Degradation = Plan["degradations"][number];
export type Settings = Readonly<Record<string, string | number | boolean>>;
