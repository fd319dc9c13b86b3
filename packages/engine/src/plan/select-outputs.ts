import { type WorkflowDocument, type WorkflowNode, wiresOf } from "../document/index.js";
import { DiopterError } from "../errors/index.js";
import {
  defaultParameters,
  type NodeDefinition,
  type NodeRegistry,
  type ParameterValue,
} from "../nodes/index.js";
import { type Draft, type DraftNode, readsOf } from "./draft.js";
import type { OutputReference, PlanOptions } from "./plan.js";

/**
 * Pass 1: the nodes whose results are wanted and all that they need; everything else is left out
 * and not looked at, so that an unfinished corner of a workflow does no harm.
 * @throws DiopterError `document/unknown-node`, `document/dangling-wire`, `document/unknown-port`,
 * `document/no-output`.
 */
export function selectOutputs(
  document: WorkflowDocument,
  registry: NodeRegistry,
  options: PlanOptions,
): Draft {
  const wanted = options.targets ?? defaultTargets(document, registry);
  const targets = [...new Set([...wanted, ...(options.also ?? [])])];
  if (targets.length === 0) throw nothingToRun();
  const nodes = new Map<string, DraftNode>();
  const open = [...targets].reverse();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (nodes.has(id)) continue;
    const node = draftNode(id, document, registry);
    nodes.set(id, node);
    for (const source of readsOf(node)) open.push(source.node);
  }
  checkOutputs(nodes);
  return { nodes: inDocumentOrder(nodes, document), targets, omitted: [] };
}

function defaultTargets(document: WorkflowDocument, registry: NodeRegistry): readonly string[] {
  const ids = Object.keys(document.nodes);
  const effects = ids.filter((id) => {
    const definition = definitionOf(document.nodes[id], registry);
    return definition?.run !== undefined && definition.sideEffect === true;
  });
  if (effects.length > 0) return effects;
  const read = new Set<string>();
  for (const node of Object.values(document.nodes)) {
    for (const input of Object.values(node.inputs ?? {})) {
      for (const [source] of wiresOf(input)) read.add(source);
    }
  }
  return ids.filter((id) => !read.has(id));
}

function definitionOf(
  node: WorkflowNode | undefined,
  registry: NodeRegistry,
): NodeDefinition | undefined {
  return node !== undefined && Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
}

function draftNode(id: string, document: WorkflowDocument, registry: NodeRegistry): DraftNode {
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  if (node === undefined) {
    throw new DiopterError("document/dangling-wire", {
      message: `There is no node "${id}", but something asks for it.`,
      remedy: "Connect the wire to a node that exists, or name another target.",
      node: id,
    });
  }
  const definition = definitionOf(node, registry);
  if (definition === undefined) {
    throw new DiopterError("document/unknown-node", {
      message: `The node type "${node.type}" is not known.`,
      remedy: "Check its spelling, or allow the package that brings it.",
      node: id,
      path: `/nodes/${id}/type`,
    });
  }
  return {
    id,
    definition,
    params: parametersOf(node, definition),
    inputs: inputsOf(id, node, definition),
    mode: node.mode,
  };
}

function parametersOf(
  node: WorkflowNode,
  definition: NodeDefinition,
): Readonly<Record<string, ParameterValue>> {
  const params = defaultParameters(definition.params);
  for (const [name, value] of Object.entries(node.params ?? {})) {
    if (Object.hasOwn(params, name)) params[name] = value;
  }
  return params;
}

function inputsOf(
  id: string,
  node: WorkflowNode,
  definition: NodeDefinition,
): Readonly<Record<string, readonly OutputReference[]>> {
  const inputs: Record<string, readonly OutputReference[]> = {};
  for (const [port, input] of Object.entries(node.inputs ?? {})) {
    if (!Object.hasOwn(definition.inputs, port)) throw unknownPort(id, port, "input");
    const wires = wiresOf(input).map(([source, output]) => ({ node: source, output }));
    if (wires.length > 0) inputs[port] = wires;
  }
  return inputs;
}

function checkOutputs(nodes: ReadonlyMap<string, DraftNode>): void {
  for (const reader of nodes.values()) {
    for (const { node, output } of readsOf(reader)) {
      const outputs = nodes.get(node)?.definition.outputs ?? {};
      if (!Object.hasOwn(outputs, output)) throw unknownPort(node, output, "output");
    }
  }
}

function inDocumentOrder(
  nodes: ReadonlyMap<string, DraftNode>,
  document: WorkflowDocument,
): ReadonlyMap<string, DraftNode> {
  const ordered = new Map<string, DraftNode>();
  for (const id of Object.keys(document.nodes)) {
    const node = nodes.get(id);
    if (node !== undefined) ordered.set(id, node);
  }
  return ordered;
}

function unknownPort(node: string, port: string, side: "input" | "output"): DiopterError {
  return new DiopterError("document/unknown-port", {
    message: `The node has no ${side} "${port}".`,
    remedy: "Check the port's name in the list of nodes.",
    node,
    port,
  });
}

/** The error for a workflow that has nothing to do. */
export function nothingToRun(): DiopterError {
  return new DiopterError("document/no-output", {
    message: "Nothing in this workflow is left to run.",
    remedy: "Add a node that gives a result, or take back muting and bypassing.",
  });
}
