import type { WorkflowDocument } from "../document/index.js";
import type { NodeDefinition, NodeRegistry, ParameterValue } from "../nodes/index.js";

/** A wire into a planned node: where the value comes from. */
export interface PlannedWire {
  /** Id of the node that gives the value. */
  readonly node: string;
  readonly output: string;
}

/** What begins an iteration: the items of a list output, or the files that a parameter names. */
export interface Axis {
  /** The id of the node that begins it. */
  readonly node: string;
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
  /** Outputs that something outside the step reads, or that the run was asked for. */
  readonly exposed: readonly PlannedWire[];
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
}

/**
 * Plans a run: pure, iterative, in time proportional to the number of nodes and wires.
 * @throws DiopterError `document/unknown-node`, `document/dangling-wire`, `document/cycle`,
 * `document/missing-input`, `document/invalid-parameter` (an axis to collect that does not reach
 * the node), `document/no-output` when nothing is left to run.
 */
export type PlanWorkflow = (
  document: WorkflowDocument,
  registry: NodeRegistry,
  options?: PlanOptions,
) => Plan;
