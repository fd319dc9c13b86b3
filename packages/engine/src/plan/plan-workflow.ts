import type { WorkflowDocument } from "../document/index.js";
import type { NodeRegistry } from "../nodes/index.js";
import { checkInputs } from "./check-inputs.js";
import { type Draft, type DraftNode, readsOf } from "./draft.js";
import { dropMuted } from "./drop-muted.js";
import { expandAxes } from "./expand-axes.js";
import { fuseGraphNodes } from "./fuse-graph-nodes.js";
import { topologicalOrder } from "./order.js";
import type { Plan, PlannedStep, PlanOptions } from "./plan.js";
import { rewireBypassed } from "./rewire-bypassed.js";
import { selectOutputs } from "./select-outputs.js";

/**
 * Plans a run: pure, iterative, in time proportional to the number of nodes and wires.
 * @throws DiopterError `document/unknown-node`, `document/unknown-port`, `document/dangling-wire`,
 * `document/cycle`, `document/missing-input`, `document/invalid-parameter` (an axis to collect that
 * does not reach the node), `document/no-output` when nothing is left to run.
 */
export function planWorkflow(
  document: WorkflowDocument,
  registry: NodeRegistry,
  options: PlanOptions = {},
): Plan {
  const selected = selectOutputs(document, registry, options);
  const draft = checkInputs(dropMuted(rewireBypassed(selected)));
  const { nodes, axes } = expandAxes(orderNodes(draft));
  const steps = orderSteps(fuseGraphNodes(nodes, draft.targets));
  return { steps, targets: draft.targets, axes, omitted: draft.omitted };
}

function orderNodes(draft: Draft): readonly DraftNode[] {
  return topologicalOrder(
    draft.nodes.values(),
    (node) => readsOf(node).flatMap((source) => draft.nodes.get(source.node) ?? []),
    (node) => node.id,
  );
}

/** A fused step can only run once the last of its inputs is there: the steps need an order anew. */
function orderSteps(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  const stepOf = new Map<string, PlannedStep>();
  for (const step of steps) for (const node of step.nodes) stepOf.set(node.id, step);
  const dependenciesOf = (step: PlannedStep) =>
    step.nodes
      .flatMap((node) => Object.values(node.inputs).flat())
      .flatMap((wire) => stepOf.get(wire.node) ?? [])
      .filter((source) => source !== step);
  return topologicalOrder(steps, dependenciesOf, (step) => step.nodes[0]?.id ?? "");
}
