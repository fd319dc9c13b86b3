import { z } from "zod";

const longestName = 200;

/** The rule for ids and names, in words. */
const nameRule = "a name: 1 to 200 characters, without dots, line breaks, or spaces at its ends";

// A dot separates node and parameter in "node.parameter"; a slash stands in the ids of nodes that
// came from a workflow used as a node.
export const nameSchema = z
  .string()
  .max(longestName)
  .regex(/^(?!\s|__proto__$)[^.\p{Cc}]+(?<!\s)$/u, { error: nameRule });

export const nodeTypeSchema = z.string().regex(/^[a-zA-Z0-9@][a-zA-Z0-9@._/:~-]{0,199}$/, {
  error: 'a type such as "image/load"',
});

const wire = z.tuple([nameSchema, nameSchema]);

// The two forms are told apart by their first element: a union would only say "invalid input".
const wires = z.union([wire, z.array(wire)], {
  error: 'a wire ["node", "output"], or a list of wires',
});

export const parameterValueSchema = z.union([z.number(), z.string(), z.boolean()], {
  error: "a number, a text, true or false",
});

export const workflowNodeSchema = z.strictObject({
  type: nodeTypeSchema,
  version: z.int().min(1),
  title: z.string().max(1000).optional(),
  mode: z.enum(["muted", "bypassed"]).optional(),
  params: z.record(nameSchema, parameterValueSchema).optional(),
  inputs: z.record(nameSchema, wires).optional(),
});

export const publicNameSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,63}$/, {
  error: "a public name: a letter, then letters, digits and hyphens",
});

/**
 * The structure of a workflow document of the current version. What the structure cannot say
 * (known types, ports, parameter ranges, cycles) is the business of `checkWorkflow`.
 */
export const workflowSchema = z.strictObject({
  $schema: z.string().optional(),
  diopter: z.literal(1),
  name: z.string().max(1000),
  description: z.string().max(100_000).optional(),
  nodes: z.record(nameSchema, workflowNodeSchema),
  interface: z
    .record(publicNameSchema, z.string().regex(/^[^.]+\.[^.]+$/, { error: '"node.parameter"' }))
    .optional(),
  view: z.unknown().optional(),
});
