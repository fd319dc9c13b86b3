import type { PlannedWire } from "../plan/index.js";
import { type AxisLengths, type Place, placeOf } from "./axis-lengths.js";
import type { InputElement, LinkedInput, StepItem, StepState } from "./step-item.js";

/** What arrives at an item; `waiting` while the number of items to collect is not known. */
export type Link =
  | { readonly state: "linked"; readonly inputs: readonly LinkedInput[] }
  | { readonly state: "waiting" }
  | { readonly state: "failed"; readonly because: string };

/** Finds the items that an item reads from, at its place of the iteration. */
export function linkItem(
  item: StepItem,
  stateOf: ReadonlyMap<string, StepState>,
  lengths: AxisLengths,
): Link {
  const place = placeOf(item.state.axes, item.index);
  const inputs: LinkedInput[] = [];
  for (const { node, port, wires } of outsideInputs(item, stateOf)) {
    const found = wires.map((wire) => elementsOf(wire, place, stateOf, lengths));
    const failed = found.find(({ lostBecause }) => lostBecause !== undefined)?.lostBecause;
    if (failed !== undefined) return { state: "failed", because: failed };
    if (!found.every(({ complete }) => complete)) return { state: "waiting" };
    const { lazy = false, list = false } = node.definition.inputs[port] ?? {};
    const elements = found.flatMap((wire) => wire.elements);
    inputs.push({ node: node.id, port, lazy, list, elements });
  }
  return { state: "linked", inputs };
}

function onlyElement({ node, output }: PlannedWire, source: StepState | undefined) {
  const item = source?.items.get("");
  const elements = item === undefined ? [] : [{ item, node, output, element: undefined }];
  return { elements, complete: true, lostBecause: undefined };
}

function outsideInputs(item: StepItem, stateOf: ReadonlyMap<string, StepState>) {
  return item.state.step.nodes.flatMap((node) =>
    Object.entries(node.inputs)
      .map(([port, wires]) => ({
        node,
        port,
        wires: wires.filter((wire) => stateOf.get(wire.node) !== item.state),
      }))
      .filter(({ wires }) => wires.length > 0),
  );
}

function elementsOf(
  wire: PlannedWire,
  place: Place,
  stateOf: ReadonlyMap<string, StepState>,
  lengths: AxisLengths,
) {
  const source = stateOf.get(wire.node);
  if (wire.axes.length === 0) return onlyElement(wire, source);
  const kept = wire.axes.filter((axis) => !wire.collected.includes(axis));
  const fixed = new Map(kept.map((axis) => [axis, place.get(axis) ?? 0]));
  const { indexes, complete, lostBecause } = lengths.places(wire.axes, fixed);
  const elements: InputElement[] = [];
  for (const index of indexes) {
    // The wire's axes are its source's, and then the one that the source's list begins, if any.
    const item = source?.items.get(index.slice(0, source.axes.length).join());
    if (source === undefined || item === undefined) continue;
    const element = index[source.axes.length];
    elements.push({ item, node: wire.node, output: wire.output, element });
  }
  return { elements, complete, lostBecause };
}
