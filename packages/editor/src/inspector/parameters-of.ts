import {
  callType,
  type FilledNode,
  isBuiltInType,
  type NodeDescriptor,
  outputType,
  type Parameter,
  type Parameters,
  type ParameterValue,
  socketTypes,
} from "@diopter/engine/editing";

const path: Parameter = {
  kind: "file",
  content: "workflow",
  default: "",
  help: "The saved workflow that runs in the place of this node.",
};
const name: Parameter = { kind: "text", default: "", help: "What callers know this port by." };
const socket: Parameter = { kind: "choice", default: "IMAGE", options: Object.keys(socketTypes) };
const optional: Parameter = {
  kind: "boolean",
  default: false,
  help: "Callers may leave it unconnected.",
};

/**
 * The parameters of a node. Where its type is not known here, or another file declares them, those
 * that the document holds, as what their values are.
 */
export function parametersOf(node: FilledNode, descriptor: NodeDescriptor | undefined): Parameters {
  if (descriptor !== undefined && !isBuiltInType(node.type)) return descriptor.params;
  const held = Object.fromEntries(
    Object.entries(node.params).map(([key, value]) => [key, asHeld(value)]),
  );
  if (node.type === callType) return { ...held, path };
  if (!isBuiltInType(node.type)) return held;
  return node.type === outputType ? { name, socket } : { name, socket, optional };
}

function asHeld(value: ParameterValue): Parameter {
  if (typeof value === "number") return { kind: "number", default: value };
  if (typeof value === "boolean") return { kind: "boolean", default: value };
  return { kind: "text", default: value };
}
