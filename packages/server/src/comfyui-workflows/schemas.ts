import { z } from "zod";

const id = z.union([z.int(), z.string().min(1).max(200)]).transform(String);
const numbers = z.union([
  z.array(z.number()).min(2),
  z.record(z.string(), z.number()).transform((point) => Object.values(point)),
]);

/** What this program writes beside a node, so that nothing of it is lost. */
const ownSchema = z.looseObject({
  id: z.string().optional(),
  version: z.int().min(1).optional(),
  mode: z.enum(["muted", "bypassed"]).optional(),
  title: z.string().optional(),
  /** Names of the outputs, where no definition says them. */
  outputs: z.array(z.string()).optional(),
  /** Names of the parameters in the order of `widgets_values`, and those that were not defaults. */
  widgets: z.array(z.string()).optional(),
  given: z.array(z.string()).optional(),
  /** Public name → parameter of this node. */
  interface: z.record(z.string(), z.string()).optional(),
  /** It had no place on the canvas. */
  unplaced: z.boolean().optional(),
  position: z.tuple([z.number(), z.number()]).optional(),
  workflow: z.object({ name: z.string(), description: z.string().optional() }).optional(),
});
export type OwnNotes = z.infer<typeof ownSchema>;

/** A workflow as ComfyUI runs it: nodes by id. */
export const promptSchema = z.record(
  z.string().min(1).max(200),
  z.looseObject({
    class_type: z.string().min(1).max(500),
    inputs: z.record(z.string(), z.unknown()).optional(),
    _meta: z
      .looseObject({ title: z.string().optional(), diopter: ownSchema.optional() })
      .optional(),
  }),
);
export type Prompt = z.infer<typeof promptSchema>;

const slotSchema = z.looseObject({
  name: z.string(),
  type: z.unknown(),
  link: id.nullish(),
  widget: z.looseObject({ name: z.string() }).nullish(),
});

/** A link: a list in version 0.4, an object in version 1. */
const linkSchema = z.union([
  z
    .tuple([id, id, z.int(), id, z.int()])
    .rest(z.unknown())
    .transform(([link, source, slot, target, input]) => ({
      id: link,
      origin_id: source,
      origin_slot: slot,
      target_id: target,
      target_slot: input,
      parentId: undefined,
    })),
  z.looseObject({
    id,
    origin_id: id,
    origin_slot: z.int(),
    target_id: id,
    target_slot: z.int(),
    parentId: id.optional(),
  }),
]);

const rerouteSchema = z.looseObject({ id, parentId: id.optional(), pos: numbers });

const graphNodeSchema = z.looseObject({
  id,
  type: z.string().min(1).max(500),
  pos: numbers.optional(),
  mode: z.int().optional(),
  title: z.string().optional(),
  flags: z.looseObject({ collapsed: z.boolean().optional() }).nullish(),
  inputs: z.array(slotSchema).nullish(),
  outputs: z.array(z.looseObject({ name: z.string(), type: z.unknown().optional() })).nullish(),
  properties: z.looseObject({ diopter: ownSchema.optional() }).nullish(),
  widgets_values: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish(),
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

const linksSchema = z.array(linkSchema.nullable()).nullish();
export type GraphLink = z.infer<typeof linkSchema>;

const portSchema = z.looseObject({ name: z.string() });

/** A graph that stands for a node. Its own inputs and outputs are nodes of the ids given here. */
const subgraphSchema = z.looseObject({
  id,
  name: z.string().optional(),
  inputNode: z.looseObject({ id }).optional(),
  outputNode: z.looseObject({ id }).optional(),
  inputs: z.array(portSchema).nullish(),
  outputs: z.array(portSchema).nullish(),
  nodes: z.array(graphNodeSchema),
  links: linksSchema,
});
export type Subgraph = z.infer<typeof subgraphSchema>;

/** A workflow as ComfyUI's editor saves it, version 0.4 or 1. */
export const graphSchema = z.looseObject({
  version: z.number().optional(),
  nodes: z.array(graphNodeSchema),
  links: linksSchema,
  groups: z
    .array(
      z.looseObject({
        title: z.string().optional(),
        bounding: z.array(z.number()).length(4),
        color: z.string().nullish(),
        diopter: z.string().optional(),
      }),
    )
    .nullish(),
  reroutes: z.array(rerouteSchema).nullish(),
  definitions: z.looseObject({ subgraphs: z.array(subgraphSchema).nullish() }).nullish(),
  extra: z
    .looseObject({
      reroutes: z.array(rerouteSchema).nullish(),
      linkExtensions: z.array(z.looseObject({ id, parentId: id })).nullish(),
      diopter: z
        .looseObject({
          name: z.string(),
          description: z.string().optional(),
          interface: z.record(z.string(), z.string()).optional(),
          view: z.unknown().optional(),
        })
        .optional(),
    })
    .nullish(),
});
export type Graph = z.infer<typeof graphSchema>;
