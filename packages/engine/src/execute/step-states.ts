import type { Plan, PlannedNode, PlannedStep, PlannedWire } from "../plan/index.js";
import type { StepState } from "./step-item.js";

/** The steps of a plan as a run keeps them, in the plan's order, and the step of each node. */
export function stepStates(plan: Plan): {
  readonly states: readonly StepState[];
  readonly stateOf: ReadonlyMap<string, StepState>;
} {
  const states = plan.steps.flatMap((step, position) => {
    const [node] = step.nodes;
    return node === undefined ? [] : [stepState(step, node, position, plan)];
  });
  const stateOf = new Map<string, StepState>();
  for (const state of states) for (const node of state.step.nodes) stateOf.set(node.id, state);
  for (const state of states) noteWideReader(state, stateOf);
  return { states, stateOf };
}

/** The wires that come from other steps. */
export function outsideWires(step: PlannedStep): readonly PlannedWire[] {
  const wires = step.nodes.flatMap((node) => Object.values(node.inputs).flat());
  if (step.nodes.length === 1) return wires;
  const inside = new Set(step.nodes.map((node) => node.id));
  return wires.filter((wire) => !inside.has(wire.node));
}

function stepState(step: PlannedStep, node: PlannedNode, position: number, plan: Plan): StepState {
  const wires = outsideWires(step);
  return {
    position,
    step,
    node,
    axes: node.axes,
    begins: plan.axes[node.id],
    reachedAxes: [...new Set([...wires.flatMap((wire) => wire.axes), ...node.axes])],
    collectedAxes: [...new Set(wires.flatMap((wire) => wire.collected))],
    wideReaders: [],
    wideSources: [],
    items: new Map(),
    demand: undefined,
  };
}

/** Its sources cannot tell how many items of it there will be, and must keep their values. */
function noteWideReader(state: StepState, stateOf: ReadonlyMap<string, StepState>): void {
  if (state.reachedAxes.length === 0) return;
  for (const wire of outsideWires(state.step)) {
    const source = stateOf.get(wire.node);
    if (source === undefined || source.wideReaders.includes(state)) continue;
    if (state.reachedAxes.some((axis) => !source.axes.includes(axis))) {
      source.wideReaders.push(state);
      state.wideSources.push(source);
    }
  }
}
