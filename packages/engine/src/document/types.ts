import type { ParameterValue } from "../nodes/params.js";

/** A wire's source: node id and output port. */
export type Wire = readonly [node: string, output: string];

/** A node in a document. Ids are its key in `nodes`: readable and chosen by the user. */
export interface WorkflowNode {
  readonly type: string;
  readonly version: number;
  readonly title?: string | undefined;
  readonly params?: Readonly<Record<string, ParameterValue>> | undefined;
  /** A list input may take several wires, in order. */
  readonly inputs?: Readonly<Record<string, Wire | readonly Wire[]>> | undefined;
  /** `muted`: does not run, nor does what needs it. `bypassed`: hands its input on. */
  readonly mode?: "muted" | "bypassed" | undefined;
}

/**
 * A workflow as it is saved. Results and progress are never stored in it; `view` is all that the
 * editor needs and the engine ignores.
 */
export interface WorkflowDocument {
  /** Where an editor finds the JSON Schema. */
  readonly $schema?: string | undefined;
  readonly diopter: 1;
  readonly name: string;
  readonly description?: string | undefined;
  readonly nodes: Readonly<Record<string, WorkflowNode>>;
  /** Public name → `node.parameter`: the command's options. */
  readonly interface?: Readonly<Record<string, string>> | undefined;
  readonly view?: unknown;
}

/** The wires that arrive at an input, in order. */
export function wiresOf(wired: Wire | readonly Wire[] | undefined): readonly Wire[] {
  if (wired === undefined) return [];
  return isWire(wired) ? [wired] : wired;
}

/** Tells one wire from a list of wires. */
export function isWire(wired: Wire | readonly Wire[]): wired is Wire {
  return typeof wired[0] === "string";
}

/** The version that this program writes. */
export const documentVersion = 1;
