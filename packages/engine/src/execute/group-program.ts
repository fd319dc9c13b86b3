import { type GraphScope, OnnxBuildError, type Value } from "@diopter/onnx";
import type { TensorProgram } from "../device/index.js";
import { DiopterError } from "../errors/index.js";
import type { Parameter } from "../nodes/index.js";
import type { SocketValue } from "../sockets/index.js";
import { float32Tensor, type Tensor } from "../values/index.js";
import { type OutsideInput, outsideInput, shapeFault } from "./graph-values.js";
import type { GraphGroup, GraphGroupNode } from "./group-types.js";

type FloatValue = Value<"float32">;

/** A group as a program, and what is fed to it. */
export interface GroupProgram extends TensorProgram {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** By the names that the group's sources use. */
  readonly outside: ReadonlyMap<string, OutsideInput>;
  /** Writes the group into a graph; the values of every member's outputs by {@link placeKey}. */
  write(graph: GroupGraph): ReadonlyMap<string, FloatValue>;
}

/** What a group needs of a builder. */
export interface GroupGraph extends Pick<GraphScope, "scope"> {
  input(name: string, type: "float32", shape: readonly (number | string)[]): FloatValue;
}

export const placeKey = (node: string, output: string) => JSON.stringify([node, output]);

/** The name of the group's n-th output in its program. */
export const outputName = (index: number) => `out${index}`;

/**
 * The program of a group. Its key tells types, versions, structural parameters, wiring and channels:
 * neither ids nor numbers nor sizes, so that equal graphs share a session.
 */
export function groupProgram(
  group: GraphGroup,
  values: Readonly<Record<string, SocketValue>>,
): GroupProgram {
  const outside = outsideInputs(group, values);
  const numbers = numberInputs(group);
  const inputs = Object.fromEntries([
    ...[...outside.values()].map(({ input, tensor }) => [input, tensor] as const),
    ...numbers.map(({ input, value }) => [input, value] as const),
  ]);
  const write = (graph: GroupGraph) => writeGroup(graph, group, outside);
  return {
    key: groupKey(group, outside),
    inputs,
    outside,
    write,
    build(graph) {
      const results = write(graph);
      group.outputs.forEach(({ node, output }, index) => {
        const value = results.get(placeKey(node, output));
        if (value !== undefined) graph.output(outputName(index), value);
      });
    },
  };
}

function outsideInputs(
  group: GraphGroup,
  values: Readonly<Record<string, SocketValue>>,
): Map<string, OutsideInput> {
  const inputs = new Map<string, OutsideInput>();
  for (const node of group.nodes) {
    for (const source of Object.values(node.inputs)) {
      if (source.from === "inside" || inputs.has(source.name)) continue;
      const value = values[source.name];
      if (value === undefined) continue;
      inputs.set(source.name, outsideInput(value, `in${inputs.size}`));
    }
  }
  return inputs;
}

function isNumber(parameter: Parameter): boolean {
  return parameter.kind === "number";
}

const numberName = (index: number, name: string) => `n${index}_${name}`;

function numberInputs({ nodes }: GraphGroup) {
  return nodes.flatMap(({ definition, params }, index) =>
    Object.entries(definition.params)
      .filter(([, parameter]) => isNumber(parameter))
      .map(([name, parameter]) => ({
        input: numberName(index, name),
        value: float32Tensor([], Float32Array.of(Number(params[name] ?? parameter.default))),
      })),
  );
}

function groupKey(group: GraphGroup, outside: ReadonlyMap<string, OutsideInput>): string {
  const places = new Map(group.nodes.map(({ id }, index) => [id, index]));
  const nodes = group.nodes.map(({ definition, params, inputs }) => [
    definition.type,
    definition.version,
    Object.entries(definition.params)
      .filter(([, parameter]) => !isNumber(parameter))
      .map(([name, parameter]) => [name, params[name] ?? parameter.default]),
    Object.keys(definition.inputs).map((port) => {
      const source = inputs[port];
      if (source === undefined) return null;
      if (source.from === "inside") return [places.get(source.node), source.output];
      const input = outside.get(source.name);
      return [input?.input, input?.shape];
    }),
  ]);
  const outputs = group.outputs.map(({ node, output }) => [places.get(node), output]);
  return `graph ${JSON.stringify([nodes, outputs])}`;
}

function writeGroup(
  graph: GroupGraph,
  group: GraphGroup,
  outside: ReadonlyMap<string, OutsideInput>,
): ReadonlyMap<string, FloatValue> {
  const given = new Map<string, FloatValue>();
  for (const [name, { input, shape }] of outside) {
    given.set(name, graph.input(input, "float32", shape));
  }
  const results = new Map<string, FloatValue>();
  group.nodes.forEach((node, index) => {
    const inputs: Record<string, FloatValue> = {};
    for (const [port, source] of Object.entries(node.inputs)) {
      const value =
        source.from === "inside"
          ? results.get(placeKey(source.node, source.output))
          : given.get(source.name);
      if (value !== undefined) inputs[port] = value;
    }
    for (const [output, value] of Object.entries(writeNode(graph, node, index, inputs))) {
      results.set(placeKey(node.id, output), value);
    }
  });
  return results;
}

function writeNode(
  graph: GroupGraph,
  { id, definition, params }: GraphGroupNode,
  index: number,
  inputs: Readonly<Record<string, FloatValue>>,
): Readonly<Record<string, FloatValue>> {
  const values = Object.entries(definition.params).map(([name, parameter]) => [
    name,
    isNumber(parameter)
      ? graph.input(numberName(index, name), "float32", [])
      : (params[name] ?? parameter.default),
  ]);
  try {
    const outputs = definition.graph(graph.scope(`n${index}`), inputs, Object.fromEntries(values));
    checkOutputs(definition, outputs);
    return outputs;
  } catch (error) {
    throw buildFailure(error).at(id);
  }
}

function checkOutputs(
  { outputs: ports }: GraphGroupNode["definition"],
  outputs: Readonly<Record<string, FloatValue>>,
): void {
  for (const [name, { socket }] of Object.entries(ports)) {
    const value = outputs[name];
    const fault = value === undefined ? "nothing is there" : shapeFault(socket, value.shape);
    if (fault === undefined) continue;
    const shape = value === undefined ? "" : ` of shape [${value.shape.join(", ")}]`;
    throw new DiopterError("node/failed", {
      port: name,
      message: `The node's graph gives an output${shape} that is not right: ${fault}.`,
      remedy: "This is a defect of the node: please tell who made it.",
    });
  }
}

function buildFailure(error: unknown): DiopterError {
  if (DiopterError.is(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DiopterError("node/failed", {
    message: `The node's graph cannot be built: ${message.replace(/[.]$/, "")}.`,
    remedy: OnnxBuildError.isInstance(error)
      ? "Check the node's parameters and the sizes of what is wired to it."
      : "This is a defect of the node: please tell who made it.",
    cause: error,
  });
}
