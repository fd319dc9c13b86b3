import {
  callType,
  type FilledNode,
  interfaceOptions,
  isBuiltInType,
  type NodeDescriptor,
  outputType,
  type Parameter,
  type Parameters,
  type ParameterValue,
  type PortRegistry,
  socketTypes,
  type WorkflowDocument,
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

/** What a parameter is found in besides its own node type. */
export interface ParameterSources {
  /** The workflow that the node calls, where it calls one. */
  readonly called?: WorkflowDocument | undefined;
  readonly registry: PortRegistry;
}

/**
 * The parameters of a node; of one that calls a workflow, what that one exposes. Where its type is
 * not known here, those that the document holds, as what their values are.
 */
export function parametersOf(
  node: FilledNode,
  descriptor: NodeDescriptor | undefined,
  sources: ParameterSources = { registry: {} },
): Parameters {
  if (descriptor !== undefined && !isBuiltInType(node.type)) return descriptor.params;
  const held = Object.fromEntries(
    Object.entries(node.params).map(([key, value]) => [key, asHeld(value)]),
  );
  if (node.type === callType) return { path, ...exposedBy(sources), ...heldOnly(held, sources) };
  if (!isBuiltInType(node.type)) return held;
  return node.type === outputType ? { name, socket } : { name, socket, optional };
}

/** The public parameters of a workflow, as a node that calls it has them: its values are defaults. */
function exposedBy({ called, registry }: ParameterSources): Parameters {
  const options = called === undefined ? [] : interfaceOptions(called, registry);
  return Object.fromEntries(
    options.flatMap(({ name, parameter, value }): [string, Parameter][] => {
      if (parameter === undefined) return value === undefined ? [] : [[name, asHeld(value)]];
      return [[name, withDefault(parameter, value)]];
    }),
  );
}

/** What the document sets and nobody exposes; all of it while the called workflow is not known. */
function heldOnly(held: Parameters, { called }: ParameterSources): Parameters {
  if (called !== undefined) return {};
  return Object.fromEntries(Object.entries(held).filter(([key]) => key !== "path"));
}

/** Under its public name, which says more than the title in its own node. */
function withDefault(
  { title: _, ...parameter }: Parameter,
  value: ParameterValue | undefined,
): Parameter {
  switch (parameter.kind) {
    case "number":
    case "integer":
    case "seed":
      return typeof value === "number" ? { ...parameter, default: value } : parameter;
    case "boolean":
      return typeof value === "boolean" ? { ...parameter, default: value } : parameter;
    default:
      return typeof value === "string" ? { ...parameter, default: value } : parameter;
  }
}

function asHeld(value: ParameterValue): Parameter {
  if (typeof value === "number") return { kind: "number", default: value };
  if (typeof value === "boolean") return { kind: "boolean", default: value };
  return { kind: "text", default: value };
}
