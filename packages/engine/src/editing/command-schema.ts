import { z } from "zod";
import {
  nameSchema,
  nodeTypeSchema,
  parameterValueSchema,
  publicNameSchema,
  workflowNodeSchema,
  workflowSchema,
} from "../document/schema.js";
import { frameSchema, pointSchema, reroutesSchema, sizeSchema, wireKeySchema } from "./view.js";

const outputEnd = z.strictObject({ node: nameSchema, output: nameSchema });
const inputEnd = z.strictObject({ node: nameSchema, input: nameSchema });
const ids = z.array(nameSchema).max(100_000);
const title = z.string().max(1000);
const mode = z.enum(["muted", "bypassed"]);

/** One change of a document by an Immer patch. */
export const patchSchema = z.strictObject({
  op: z.enum(["replace", "remove", "add"]),
  path: z.array(z.union([z.string(), z.int().min(0)])).max(16),
  value: z.unknown().optional(),
});

/** The commands that edit a document. Every change of a document is one of them. */
export const editCommandSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("add-nodes"),
    nodes: z.record(nameSchema, workflowNodeSchema),
    positions: z.record(nameSchema, pointSchema).optional(),
    /** How the view shows them, as with their places. */
    sizes: z.record(nameSchema, sizeSchema).optional(),
    collapsed: ids.optional(),
    /** Of wires that arrive at them. */
    reroutes: z.record(wireKeySchema, reroutesSchema).optional(),
  }),
  z.strictObject({ kind: z.literal("remove-nodes"), ids }),
  z.strictObject({ kind: z.literal("rename-node"), from: nameSchema, to: nameSchema }),
  z.strictObject({ kind: z.literal("set-title"), id: nameSchema, title: title.nullable() }),
  z.strictObject({ kind: z.literal("set-mode"), ids, mode: mode.nullable() }),
  z.strictObject({ kind: z.literal("replace-node"), id: nameSchema, type: nodeTypeSchema }),
  z.strictObject({
    kind: z.literal("set-parameter"),
    node: nameSchema,
    name: nameSchema,
    value: parameterValueSchema,
  }),
  z.strictObject({ kind: z.literal("reset-parameter"), node: nameSchema, name: nameSchema }),
  z.strictObject({
    kind: z.literal("connect"),
    from: outputEnd,
    to: inputEnd,
    /** An occupied input gives its wire up. */
    replace: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal("disconnect"), to: inputEnd, from: outputEnd.optional() }),
  z.strictObject({
    kind: z.literal("insert-on-wire"),
    node: nameSchema,
    input: nameSchema,
    output: nameSchema,
    wire: z.strictObject({ from: outputEnd, to: inputEnd }),
  }),
  z.strictObject({
    kind: z.literal("expose"),
    node: nameSchema,
    name: nameSchema,
    as: publicNameSchema,
  }),
  z.strictObject({ kind: z.literal("unexpose"), as: z.string() }),
  z.strictObject({
    kind: z.literal("move-nodes"),
    positions: z.record(nameSchema, pointSchema),
    /** Points of wires that go with them, as `set-reroutes` sets them. */
    reroutes: z.record(wireKeySchema, reroutesSchema).optional(),
  }),
  z.strictObject({ kind: z.literal("add-frame"), id: nameSchema, frame: frameSchema }),
  z.strictObject({
    kind: z.literal("update-frame"),
    id: nameSchema,
    changes: frameSchema.partial(),
  }),
  z.strictObject({ kind: z.literal("remove-frame"), id: nameSchema }),
  z.strictObject({
    kind: z.literal("set-reroutes"),
    wire: wireKeySchema,
    points: reroutesSchema,
  }),
  z.strictObject({ kind: z.literal("set-collapsed"), ids, collapsed: z.boolean() }),
  z.strictObject({
    kind: z.literal("set-sizes"),
    sizes: z.record(nameSchema, sizeSchema.nullable()),
  }),
  z.strictObject({
    kind: z.literal("set-document"),
    name: title.optional(),
    description: z.string().max(100_000).nullable().optional(),
  }),
  z.strictObject({ kind: z.literal("replace-document"), content: workflowSchema }),
  z.strictObject({
    kind: z.literal("patch"),
    patches: z.array(patchSchema).max(1_000_000),
    label: title,
  }),
]);

/** A command that edits a document. */
export type EditCommand = z.infer<typeof editCommandSchema>;

/** The commands of one kind. */
export type CommandOf<Kind extends EditCommand["kind"]> = Extract<EditCommand, { kind: Kind }>;
