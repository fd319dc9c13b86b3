import {
  type Device,
  type GraphGroupSource,
  type GraphNode,
  type Parameters,
  type ParameterValue,
  type Ports,
  runGraphGroup,
  type SocketValue,
} from "@diopter/engine";

/** Runs one graph node by itself. */
export function runGraphNode(
  definition: GraphNode<Ports, Parameters, Ports>,
  inputs: Readonly<Record<string, SocketValue>>,
  params: Readonly<Record<string, ParameterValue>>,
  device: Device,
): Promise<Readonly<Record<string, SocketValue>>> {
  const sources: Record<string, GraphGroupSource> = {};
  for (const name of Object.keys(inputs)) sources[name] = { from: "outside", name };
  const outputs = Object.keys(definition.outputs).map((name) => ({
    node: "tested",
    output: name,
    name,
  }));
  const nodes = [{ id: "tested", definition, params, inputs: sources }];
  return runGraphGroup({ nodes, outputs }, inputs, device);
}
