import { z } from "zod";
import { nameSchema } from "../document/schema.js";
import type { WorkflowDocument } from "../document/types.js";

const coordinate = z.number().min(-1e7).max(1e7);
const length = z.number().min(1).max(1e6);

/** A place on the canvas: x to the right and y down, in CSS pixels at full zoom. */
export const pointSchema = z.tuple([coordinate, coordinate]);

/** Width and height on the canvas. */
export const sizeSchema = z.tuple([length, length]);

/** What a frame says of itself. `colour` is any CSS colour or a name that the editor knows. */
export const frameSchema = z.strictObject({
  title: z.string().max(1000),
  colour: z.string().max(64),
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
});

/** `node.input`, or `node.input.source.output` where the input is a list. */
export const wireKeySchema = z
  .string()
  .max(1000)
  .regex(/^[^.]+\.[^.]+(\.[^.]+\.[^.]+)?$/, { error: '"node.input"' })
  .regex(/^(?!__proto__$)/);

/** The points through which a wire runs, from its output to its input. */
export const reroutesSchema = z.array(pointSchema).max(1000);

/** What the editor keeps in a document's `view`. */
export const viewSchema = z.looseObject({
  positions: z.record(nameSchema, pointSchema),
  frames: z.record(nameSchema, frameSchema),
  reroutes: z.record(wireKeySchema, reroutesSchema),
  collapsed: z.record(nameSchema, z.literal(true)),
  sizes: z.record(nameSchema, sizeSchema),
});

/** A place on the canvas: x and y. */
export type Point = readonly [x: number, y: number];

/** A frame around nodes. */
export type Frame = Readonly<z.infer<typeof frameSchema>>;

/** A document's `view`, with every field there. Fields that a later editor wrote are kept. */
export interface WorkflowView {
  /** Upper left corner of each node; nodes that are missing here have not been placed yet. */
  readonly positions: Readonly<Record<string, Point>>;
  /** By id. Later ones lie above. */
  readonly frames: Readonly<Record<string, Frame>>;
  readonly reroutes: Readonly<Record<string, readonly Point[]>>;
  readonly collapsed: Readonly<Record<string, true>>;
  readonly sizes: Readonly<Record<string, readonly [width: number, height: number]>>;
}

const lenientSchema = z.looseObject({
  positions: viewSchema.shape.positions.catch({}),
  frames: viewSchema.shape.frames.catch({}),
  reroutes: viewSchema.shape.reroutes.catch({}),
  collapsed: viewSchema.shape.collapsed.catch({}),
  sizes: viewSchema.shape.sizes.catch({}),
});

const emptyView: WorkflowView = {
  positions: {},
  frames: {},
  reroutes: {},
  collapsed: {},
  sizes: {},
};

/**
 * The document's view with every field there. What is missing or malformed is empty: a view never
 * keeps a document from being opened.
 */
export function viewOf(document: Pick<WorkflowDocument, "view">): WorkflowView {
  const { data } = lenientSchema.safeParse(document.view ?? {});
  return data ?? emptyView;
}

/** Where a wire's reroute points stand in `reroutes`. `isList`: its input takes several wires. */
export function wireKey(
  from: { readonly node: string; readonly output: string },
  to: { readonly node: string; readonly input: string },
  isList: boolean,
): string {
  const key = `${to.node}.${to.input}`;
  return isList ? `${key}.${from.node}.${from.output}` : key;
}
