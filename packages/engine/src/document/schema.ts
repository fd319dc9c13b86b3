import { z } from "zod";

const longestName = 200;

/** The rule for ids and names, in words. */
const nameRule = "a name: 1 to 200 characters, without dots, line breaks, or spaces at its ends";

// A dot separates node and parameter in "node.parameter"; a slash stands in the ids of nodes that
// came from a workflow used as a node.
const name = z
  .string()
  .max(longestName)
  .regex(/^(?!\s)[^.\p{Cc}]+(?<!\s)$/u, { error: nameRule });

const nodeType = z.string().regex(/^[a-zA-Z0-9@][a-zA-Z0-9@._/:~-]{0,199}$/, {
  error: 'a type such as "image/load"',
});

const wire = z.tuple([name, name]);

// The two forms are told apart by their first element: a union would only say "invalid input".
const wires = z.union([wire, z.array(wire)], {
  error: 'a wire ["node", "output"], or a list of wires',
});

const parameterValue = z.union([z.number(), z.string(), z.boolean()], {
  error: "a number, a text, true or false",
});

const workflowNode = z.strictObject({
  type: nodeType,
  version: z.int().min(1),
  title: z.string().max(1000).optional(),
  mode: z.enum(["muted", "bypassed"]).optional(),
  params: z.record(name, parameterValue).optional(),
  inputs: z.record(name, wires).optional(),
});

const publicName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,63}$/, {
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
  nodes: z.record(name, workflowNode),
  interface: z
    .record(publicName, z.string().regex(/^[^.]+\.[^.]+$/, { error: '"node.parameter"' }))
    .optional(),
  view: z.unknown().optional(),
});
