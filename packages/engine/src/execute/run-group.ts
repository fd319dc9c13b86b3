import { isItemList, type NodeOutputs } from "../cache/index.js";
import type { Device } from "../device/index.js";
import type { SocketValue } from "../sockets/index.js";
import type { GraphGroup, GraphGroupNode, GraphGroupSource, RunGraphGroup } from "./graph-group.js";
import { arrivingValue } from "./run-node.js";
import type { StepItem, StepState } from "./step-item.js";

/** Runs an item of graph nodes as one session; gives the exposed outputs by node. */
export async function runGroup(
  item: StepItem,
  run: RunGraphGroup,
  device: Device,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, NodeOutputs>> {
  const group = graphGroup(item.state);
  const values = await run(group, outsideValues(item), device, signal);
  const outputs = new Map<string, Record<string, SocketValue>>();
  for (const { node, output, name } of group.outputs) {
    const value = values[name];
    if (value === undefined) continue;
    outputs.set(node, { ...outputs.get(node), [output]: value });
  }
  return outputs;
}

function graphGroup({ step }: StepState): GraphGroup {
  const inside = new Set(step.nodes.map((node) => node.id));
  const nodes = step.nodes.flatMap(({ id, definition, params, inputs }): GraphGroupNode[] => {
    if (definition.graph === undefined) return [];
    const sources: Record<string, GraphGroupSource> = {};
    for (const [port, [wire]] of Object.entries(inputs)) {
      if (wire === undefined) continue;
      sources[port] = inside.has(wire.node)
        ? { from: "inside", node: wire.node, output: wire.output }
        : { from: "outside", name: nameOf(wire) };
    }
    return [{ id, definition, params, inputs: sources }];
  });
  return { nodes, outputs: step.exposed.map((output) => ({ ...output, name: nameOf(output) })) };
}

function outsideValues(item: StepItem): Readonly<Record<string, SocketValue>> {
  const values: Record<string, SocketValue> = {};
  for (const input of item.inputs ?? []) {
    const [source] = input.elements;
    const value = arrivingValue(input);
    if (source !== undefined && value !== undefined && !isItemList(value)) {
      values[nameOf(source)] = value;
    }
  }
  return values;
}

const nameOf = ({ node, output }: { readonly node: string; readonly output: string }) =>
  `${node}.${output}`;
