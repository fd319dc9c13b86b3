import { DiopterError } from "../errors/index.js";
import type { DraftNode } from "./draft.js";
import { manyFilesParameter } from "./many-files.js";
import type { Axis, OutputReference, PlannedNode, PlannedWire } from "./plan.js";

/**
 * Pass 6: finds over which iterations each node runs. An output with `list` begins an axis, as does
 * a file parameter that names many. A node runs over the product of the axes of its inputs, where
 * the same axis is the same (zipped); an input with `list` collects them.
 * @param ordered nodes, each after those that it reads
 * @throws DiopterError `document/invalid-parameter` when `over` names an axis that does not arrive.
 */
export function expandAxes(ordered: readonly DraftNode[]): {
  readonly nodes: readonly PlannedNode[];
  readonly axes: Readonly<Record<string, Axis>>;
} {
  const planned = new Map<string, PlannedNode>();
  const axes: Record<string, Axis> = Object.create(null);
  for (const node of ordered) {
    const inputs = Object.fromEntries(
      Object.entries(node.inputs).map(([port, sources]) => [
        port,
        sources.map((source) => plannedWire(source, node, port, planned, axes)),
      ]),
    );
    checkOver(node, inputs);
    const own = axesOf(Object.values(inputs).flat());
    const begins = axisBegunBy(node, own);
    if (begins !== undefined) axes[node.id] = begins;
    planned.set(node.id, {
      id: node.id,
      definition: node.definition,
      params: node.params,
      inputs,
      axes: begins?.kind === "files" ? [...own, node.id] : own,
    });
  }
  return { nodes: [...planned.values()], axes };
}

function axisBegunBy(node: DraftNode, own: readonly string[]): Axis | undefined {
  if (manyFilesParameter(node.definition) !== undefined) {
    return { node: node.id, kind: "files", parents: [] };
  }
  const lists = Object.values(node.definition.outputs).some((port) => port.list === true);
  return lists ? { node: node.id, kind: "list", parents: own } : undefined;
}

function axesOf(wires: readonly PlannedWire[]): readonly string[] {
  const found = new Set<string>();
  for (const wire of wires) {
    for (const axis of wire.axes) if (!wire.collected.includes(axis)) found.add(axis);
  }
  return [...found];
}

function plannedWire(
  source: OutputReference,
  reader: DraftNode,
  port: string,
  planned: ReadonlyMap<string, PlannedNode>,
  known: Readonly<Record<string, Axis>>,
): PlannedWire {
  const giver = planned.get(source.node);
  const own = giver?.axes ?? [];
  const lists = giver?.definition.outputs[source.output]?.list === true;
  const axes = lists ? [...own, source.node] : own;
  const collects = reader.definition.inputs[port]?.list === true;
  return { ...source, axes, collected: collects ? collected(axes, overOf(reader), known) : [] };
}

/** All axes; or the one that is named and those whose length depends on it. */
function collected(
  axes: readonly string[],
  over: string,
  known: Readonly<Record<string, Axis>>,
): readonly string[] {
  if (over === "") return axes;
  return axes.filter((axis) => axis === over || known[axis]?.parents.includes(over));
}

function overOf(node: DraftNode): string {
  const { over } = node.params;
  return typeof over === "string" ? over : "";
}

function checkOver(node: DraftNode, inputs: PlannedNode["inputs"]): void {
  const over = overOf(node);
  if (over === "") return;
  const arriving = Object.entries(inputs)
    .filter(([port]) => node.definition.inputs[port]?.list === true)
    .flatMap(([, wires]) => wires.flatMap((wire) => wire.axes));
  if (arriving.includes(over)) return;
  const known = [...new Set(arriving)].map((axis) => `"${axis}"`).join(", ");
  throw new DiopterError("document/invalid-parameter", {
    message: `No iteration begun by "${over}" arrives here.`,
    remedy:
      known === "" ? "Leave the parameter empty." : `Name one of ${known}, or leave it empty.`,
    node: node.id,
    port: "over",
  });
}
