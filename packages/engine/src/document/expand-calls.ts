import { DiopterError, toDiopterError } from "../errors/index.js";
import { callType, inputType, isBuiltInType, outputType, valuePort } from "./built-in-types.js";
import { bypassedOutputs, calledPorts, checkCall, settle } from "./called-workflow.js";
import { defaultLimits } from "./parse-workflow.js";
import { Rewiring, type WireEnd } from "./rewiring.js";
import { type WorkflowDocument, type WorkflowNode, wiresOf } from "./types.js";

/** A workflow that was found for a call. `id` is the same for the same file, however it is named. */
export interface CalledWorkflow {
  readonly id: string;
  readonly document: WorkflowDocument;
}

/**
 * Finds the workflow that a call names. `from` is the id of the workflow that the call stands in;
 * undefined for the outermost. Files that the called workflow names are as seen from the outermost
 * workflow's folder.
 */
export type LoadWorkflow = (path: string, from: string | undefined) => Promise<CalledWorkflow>;

/** A document whose nodes are still to be laid out, and the calls that led to it. */
interface Layer {
  readonly prefix: string;
  readonly document: WorkflowDocument;
  readonly id: string | undefined;
  readonly outer: Layer | undefined;
}

interface Expansion {
  readonly nodes: Map<string, WorkflowNode>;
  readonly wiring: Rewiring;
  readonly interfaces: Map<string, Readonly<Record<string, string>>>;
  readonly load: LoadWorkflow;
  readonly maxNodes: number;
  calls: number;
}

/**
 * The same workflow without calls: the nodes of each called workflow stand in place of the call,
 * with ids `call/inner`, its inputs and outputs wired through, the call's parameters set where the
 * called workflow's public names lead. Public names of `document` that led to a call lead inside.
 * A muted call mutes what needs it; a bypassed call hands on its first input of the same type.
 * Without recursion, whatever the depth of calls.
 * @throws DiopterError placed at the call: `document/recursion` when a workflow calls itself,
 * `document/missing-input`, `document/unknown-port`, `document/unknown-parameter`,
 * `document/too-large` beyond `maxNodes`, and what `load` throws.
 */
export async function expandCalls(
  document: WorkflowDocument,
  load: LoadWorkflow,
  maxNodes: number = defaultLimits.nodes,
): Promise<WorkflowDocument> {
  if (!Object.values(document.nodes).some((node) => isBuiltInType(node.type))) return document;
  const expansion: Expansion = {
    nodes: new Map(),
    wiring: new Rewiring(),
    interfaces: new Map(),
    load,
    maxNodes,
    calls: 0,
  };
  const layers: Layer[] = [{ prefix: "", document, id: undefined, outer: undefined }];
  for (let layer = layers.pop(); layer !== undefined; layer = layers.pop()) {
    for (const [id, node] of Object.entries(layer.document.nodes)) {
      const called = await layOut(`${layer.prefix}${id}`, node, layer, expansion);
      if (called !== undefined) layers.push(called);
    }
  }
  const nodes = [...expansion.nodes].map(([id, node]) => [id, expansion.wiring.apply(id, node)]);
  return {
    ...document,
    nodes: Object.fromEntries(nodes),
    ...(document.interface === undefined
      ? {}
      : { interface: leadInside(document.interface, expansion.interfaces) }),
  };
}

async function layOut(
  id: string,
  node: WorkflowNode,
  layer: Layer,
  expansion: Expansion,
): Promise<Layer | undefined> {
  if (expansion.nodes.size + expansion.calls >= expansion.maxNodes) throw tooLarge(id, expansion);
  const placed = place(node, layer);
  if (node.type === callType) return enterCall(id, placed, layer, expansion);
  if (node.type === inputType) {
    if (layer.outer === undefined) throw uncalledInput(id, node);
  } else if (node.type === outputType) {
    leaveThrough(id, placed, layer, expansion.wiring);
  } else if (expansion.nodes.has(id)) {
    throw sameId(id);
  } else {
    expansion.nodes.set(id, placed);
  }
  return undefined;
}

/** A node of a called workflow as it stands in the outermost: its wires begin at placed nodes. */
function place(node: WorkflowNode, { prefix, document }: Layer): WorkflowNode {
  if (prefix === "") return node;
  const inputs = Object.entries(node.inputs ?? {}).map(([name, wired]) => [
    name,
    wiresOf(wired).map(([source, output]) => [`${prefix}${source}`, output]),
  ]);
  const over = node.params?.over;
  const followsNode = typeof over === "string" && Object.hasOwn(document.nodes, over);
  return {
    ...node,
    inputs: Object.fromEntries(inputs),
    ...(followsNode ? { params: { ...node.params, over: `${prefix}${over}` } } : {}),
  };
}

async function enterCall(
  id: string,
  call: WorkflowNode,
  layer: Layer,
  expansion: Expansion,
): Promise<Layer | undefined> {
  const { wiring, load, interfaces } = expansion;
  if (call.mode === "muted") {
    wiring.mute(id);
    return undefined;
  }
  const path = call.params?.path;
  if (typeof path !== "string" || path === "") throw noPath(id);
  const called = await load(path, layer.id).catch((thrown: unknown) => {
    const remedy = "Check the parameter path of this node.";
    throw toDiopterError(thrown, "file/unreadable", remedy).at(id, "path");
  });
  refuseRecursion(id, called.id, layer);
  const ports = calledPorts(called.document);
  checkCall(id, call, called.document, ports);
  expansion.calls += 1;
  if (call.mode === "bypassed") {
    for (const [output, end] of bypassedOutputs(call, ports)) wiring.redirect(id, output, end);
    return undefined;
  }
  for (const [output] of ports.outputs) wiring.redirect(id, output, "unwired");
  for (const [input, { node, muted }] of ports.inputs) {
    const [wire] = wiresOf(call.inputs?.[input]);
    wiring.redirect(`${id}/${node}`, valuePort, muted ? "muted" : (wire ?? "unwired"));
  }
  interfaces.set(id, called.document.interface ?? {});
  const document = settle(id, call, called.document);
  return { prefix: `${id}/`, document, id: called.id, outer: layer };
}

/** What arrives at an output of a called workflow is what the call gives. */
function leaveThrough(id: string, node: WorkflowNode, layer: Layer, wiring: Rewiring): void {
  if (layer.outer === undefined) return;
  const [wire] = wiresOf(node.inputs?.[valuePort]);
  const name = String(node.params?.name ?? id.slice(layer.prefix.length));
  const end: WireEnd = node.mode === "muted" ? "muted" : (wire ?? "unwired");
  wiring.redirect(layer.prefix.slice(0, -1), name, end);
}

function leadInside(
  targets: Readonly<Record<string, string>>,
  interfaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, target] of Object.entries(targets)) {
    const inner = followTarget(target, interfaces);
    if (inner !== undefined) result[name] = inner;
  }
  return result;
}

function followTarget(
  target: string,
  interfaces: ReadonlyMap<string, Readonly<Record<string, string>>>,
): string | undefined {
  let current: string | undefined = target;
  while (current !== undefined) {
    const [node = "", param = ""]: readonly string[] = current.split(".");
    const inner = interfaces.get(node);
    if (inner === undefined) return current;
    const next: string | undefined = Object.hasOwn(inner, param) ? inner[param] : undefined;
    current = next === undefined ? undefined : `${node}/${next}`;
  }
  return undefined;
}

function refuseRecursion(id: string, called: string, layer: Layer): void {
  const chain = [called];
  for (let outer: Layer | undefined = layer; outer !== undefined; outer = outer.outer) {
    if (outer.id !== undefined) chain.unshift(outer.id);
    if (outer.id !== called) continue;
    throw new DiopterError("document/recursion", {
      message: `The workflow calls itself: ${chain.join(" → ")}.`,
      remedy: "Remove one of these calls.",
      node: id,
      port: "path",
    });
  }
}

function uncalledInput(id: string, node: WorkflowNode): DiopterError {
  return new DiopterError("document/missing-input", {
    message: `The input "${node.params?.name ?? id}" has a value only when the workflow is called.`,
    remedy: "Use this workflow as a node of another, or wire something else in place of the input.",
    node: id,
  });
}

function sameId(id: string): DiopterError {
  return new DiopterError("document/invalid", {
    message: `Two nodes are named "${id}", one of them inside a called workflow.`,
    remedy: "Rename the one that stands outside.",
    node: id,
  });
}

function noPath(id: string): DiopterError {
  return new DiopterError("document/invalid-parameter", {
    message: "The call does not say which workflow it calls.",
    remedy: "Give the path of a workflow file.",
    node: id,
    port: "path",
  });
}

function tooLarge(id: string, { maxNodes }: Expansion): DiopterError {
  return new DiopterError("document/too-large", {
    message: `With the workflows that it calls, the workflow has more than ${maxNodes} nodes.`,
    remedy: "Call fewer workflows, or smaller ones.",
    node: id,
  });
}
