import type { NodeDefinition, ParameterValue } from "../nodes/index.js";

/** An output of a node. */
export interface OutputReference {
  readonly node: string;
  readonly output: string;
}

/** A wire into a planned node: where the value comes from, and how it is spread over items. */
export interface PlannedWire extends OutputReference {
  /** Ids of the axes along which the value varies, outer first; an axis precedes those within it. */
  readonly axes: readonly string[];
  /** Those of `axes` that the input collects into one list; empty for an ordinary input. */
  readonly collected: readonly string[];
}

/** What begins an iteration. An axis is named after the node that begins it. */
export interface Axis {
  readonly node: string;
  /** The items of list outputs; or the files that a parameter (a file, `many`) names. */
  readonly kind: "list" | "files";
  /** Axes on whose items this axis's length depends, outer first. */
  readonly parents: readonly string[];
}

/** A node that takes part in the run, with everything that the document leaves implicit. */
export interface PlannedNode {
  readonly id: string;
  readonly definition: NodeDefinition;
  /** The document's values over the defaults. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** The wires of each input that is wired; more than one only where the input collects. */
  readonly inputs: Readonly<Record<string, readonly PlannedWire[]>>;
  /** Ids of the axes over whose product the node runs, outer first; empty: it runs once. */
  readonly axes: readonly string[];
}

/** What runs as one: a node, or neighbouring graph nodes that share one session. */
export interface PlannedStep {
  /** In an order in which each node follows its inputs; more than one only for graph nodes. */
  readonly nodes: readonly PlannedNode[];
  /**
   * Of graph nodes the outputs that something outside the step reads, or that the run was asked
   * for; empty for host nodes, which give all of their outputs.
   */
  readonly exposed: readonly OutputReference[];
}

/** A node of the document that was asked for and will not run. */
export interface OmittedNode {
  readonly node: string;
  /** A sentence, such as `It is muted.` */
  readonly because: string;
}

/** What a run will do, before anything is known of caches and files. */
export interface Plan {
  /** Every step follows the steps that it reads from. */
  readonly steps: readonly PlannedStep[];
  /** Nodes whose results were asked for. */
  readonly targets: readonly string[];
  readonly axes: Readonly<Record<string, Axis>>;
  readonly omitted: readonly OmittedNode[];
}

/** What to plan for. */
export interface PlanOptions {
  /**
   * Ids of the nodes whose results are wanted. By default all nodes with side effects; where there
   * are none, all nodes that no other node reads.
   */
  readonly targets?: readonly string[] | undefined;
  /** Nodes whose results are wanted besides. */
  readonly also?: readonly string[] | undefined;
}
