import { clone, create } from "@bufbuild/protobuf";
import { encodeTensor } from "../core/encode.js";
import { OnnxModelError } from "../core/errors.js";
import { namesRead, pruneGraph, renameValues, walkNodes } from "../core/graph-walk.js";
import { formatShape, unifyShapes } from "../core/shape.js";
import { hasConsistentSize, type TensorSource } from "../core/tensor-source.js";
import { type GraphProto, ModelProtoSchema, NodeProtoSchema } from "../generated/onnx_pb.js";
import { graphOf } from "./graph-of.js";
import { describeModel, type ParsedModel } from "./model.js";

/** A node as rewriting sees it: its operator, and the names of what it reads and makes. */
export interface NodeDescription {
  readonly name: string;
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly string[];
}

/** Every node, in an order in which they can run; those of loops and branches after their node. */
export function* nodesOf(model: ParsedModel): Generator<NodeDescription> {
  for (const node of walkNodes(graphOf(model.proto))) {
    yield {
      name: node.name,
      operator: node.opType,
      domain: node.domain,
      inputs: node.input,
      outputs: node.output,
      attributes: node.attribute.map(({ name }) => name),
    };
  }
}

/**
 * Gives values other names: inputs, outputs or what lies between.
 *
 * @throws OnnxModelError `unknown-name`, or `duplicate-name` when a new name is taken
 */
export function renameModelValues(
  model: ParsedModel,
  names: Readonly<Record<string, string>>,
): ParsedModel {
  return edit(model, (graph) => {
    const taken = valueNames(graph);
    const renamed = new Map(Object.entries(names));
    for (const [from, to] of renamed) {
      requireName(taken, from);
      if (taken.has(to) && !renamed.has(to)) {
        throw new OnnxModelError("duplicate-name", `the model already has a value "${to}"`);
      }
    }
    if (new Set(renamed.values()).size !== renamed.size) {
      throw new OnnxModelError("duplicate-name", "two values would get one name");
    }
    renameValues(graph, renamed);
  });
}

/**
 * Makes an input a stored constant, so that a run no longer feeds it.
 *
 * @throws OnnxModelError `unknown-name`, `type-mismatch` or `shape-mismatch`
 */
export function freezeInput(model: ParsedModel, input: string, tensor: TensorSource): ParsedModel {
  const declared = model.inputs.find(({ name }) => name === input);
  if (declared === undefined)
    throw new OnnxModelError("unknown-name", `there is no input "${input}"`);
  if (declared.type !== tensor.type) {
    const explanation = `"${input}" is ${declared.type}, the tensor is ${tensor.type}`;
    throw new OnnxModelError("type-mismatch", explanation);
  }
  if (!unifyShapes(declared.shape, tensor.shape) || !hasConsistentSize(tensor)) {
    const explanation = `"${input}" is ${formatShape(declared.shape)}, the tensor ${formatShape(tensor.shape)}`;
    throw new OnnxModelError("shape-mismatch", explanation);
  }
  return edit(model, (graph) => {
    graph.input = graph.input.filter(({ name }) => name !== input);
    graph.initializer.push(encodeTensor(input, tensor));
  });
}

/**
 * Lets what read one value read another instead: dropping a block means replacing its result by its
 * input. What nothing needs any more is removed. Outputs keep their names.
 *
 * @throws OnnxModelError `unknown-name` when the model lacks one of the values, `unordered` when the
 * replacement depends on what would read it
 */
export function replaceValue(model: ParsedModel, value: string, replacement: string): ParsedModel {
  return edit(model, (graph) => {
    const names = valueNames(graph);
    requireName(names, value);
    requireName(names, replacement);
    for (const node of walkNodes(graph)) {
      node.input = node.input.map((name) => (name === value ? replacement : name));
    }
    keepOutput(graph, value, replacement, names);
    pruneGraph(graph);
    requireOrder(graph);
  });
}

/** Removes the nodes and stored tensors that no output needs. Inputs stay, read or not. */
export function pruneModel(model: ParsedModel): ParsedModel {
  return edit(model, pruneGraph);
}

function edit(model: ParsedModel, change: (graph: GraphProto) => void): ParsedModel {
  const proto = clone(ModelProtoSchema, model.proto);
  change(graphOf(proto));
  return describeModel(proto);
}

function valueNames(graph: GraphProto): Set<string> {
  const declared = [...graph.input, ...graph.initializer].map(({ name }) => name);
  return new Set([...declared, ...graph.node.flatMap(({ output }) => output)]);
}

function requireName(names: ReadonlySet<string>, name: string): void {
  if (names.has(name)) return;
  throw new OnnxModelError("unknown-name", `the model has no value "${name}"`);
}

/** Where the replaced value is itself an output, the output gets the replacement under its old name. */
function keepOutput(
  graph: GraphProto,
  value: string,
  replacement: string,
  names: ReadonlySet<string>,
): void {
  if (!graph.output.some(({ name }) => name === value)) return;
  let unused = `${value}/replaced`;
  while (names.has(unused)) unused += "_";
  for (const node of graph.node) {
    node.output = node.output.map((name) => (name === value ? unused : name));
  }
  graph.node.push(
    create(NodeProtoSchema, {
      name: unused,
      opType: "Identity",
      input: [replacement],
      output: [value],
    }),
  );
}

/** Nodes stand in an order in which they can run. */
function requireOrder(graph: GraphProto): void {
  const made = new Set([...graph.input, ...graph.initializer].map(({ name }) => name));
  const later = new Set(graph.node.flatMap(({ output }) => output));
  for (const node of graph.node) {
    const early = namesRead(node).find((name) => later.has(name) && !made.has(name));
    if (early !== undefined) {
      const explanation = `"${early}" would be read by "${node.name}" before it is made`;
      throw new OnnxModelError("unordered", explanation);
    }
    for (const name of node.output) made.add(name);
  }
}
