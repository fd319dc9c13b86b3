import type { WorkflowNode } from "../document/index.js";
import type { NodeDefinition, ParameterValue, Port } from "../nodes/index.js";
import type { OmittedNode, OutputReference } from "./plan.js";

/** A node on its way through the passes. */
export interface DraftNode {
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Wired inputs only; never an empty list. */
  readonly inputs: Readonly<Record<string, readonly OutputReference[]>>;
  readonly mode: WorkflowNode["mode"];
}

/** What one pass hands to the next: never changed, always replaced. */
export interface Draft {
  readonly nodes: ReadonlyMap<string, DraftNode>;
  readonly targets: readonly string[];
  readonly omitted: readonly OmittedNode[];
}

/** All outputs that a node reads, each as often as it is wired. */
export function readsOf(node: Pick<DraftNode, "inputs">): readonly OutputReference[] {
  return Object.values(node.inputs).flat();
}

/** Whether the engine may leave an input unwired: the node can do without, or may not ask for it. */
export function mayBeMissing(port: Port): boolean {
  return port.optional === true || port.lazy === true;
}

/** The nodes from which `targets` can be reached, in the draft's order. */
export function neededBy(
  nodes: ReadonlyMap<string, DraftNode>,
  targets: readonly string[],
): ReadonlyMap<string, DraftNode> {
  const needed = new Set<string>();
  const open = [...targets];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    const node = nodes.get(id);
    if (node !== undefined) for (const source of readsOf(node)) open.push(source.node);
  }
  return new Map([...nodes].filter(([id]) => needed.has(id)));
}
