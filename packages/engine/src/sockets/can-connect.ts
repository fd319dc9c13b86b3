import { builtInPorts, callType } from "../document/built-in-types.js";
import { type WorkflowDocument, type WorkflowNode, wiresOf } from "../document/types.js";
import type { ErrorCode } from "../errors/codes.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import type { Port } from "../nodes/ports.js";
import { type Connection, canPlug } from "./can-plug.js";

/** A wire that somebody wants to draw. */
export interface WantedWire {
  readonly from: { readonly node: string; readonly output: string };
  readonly to: { readonly node: string; readonly input: string };
}

/**
 * Whether a wire may be added to a document. Checked in the order of what is plain to a person: the
 * ends exist, they are not one node, their types fit (`document/type-mismatch`), the input has room
 * (`document/occupied-input`: an input that collects always has), and the wire closes no circle
 * (`document/cycle`). Ports of nodes that are not known, such as calls, are taken to fit.
 */
export function canConnect(
  document: WorkflowDocument,
  registry: PortRegistry,
  { from, to }: WantedWire,
): Connection {
  const source = nodeAt(document, from.node);
  const target = nodeAt(document, to.node);
  if (source === undefined) return no("document/dangling-wire", `There is no node "${from.node}".`);
  if (target === undefined) return no("document/dangling-wire", `There is no node "${to.node}".`);
  if (from.node === to.node) return no("document/cycle", "A node cannot be wired to itself.");
  const ends = findPorts(source, target, registry, { from, to });
  if ("valid" in ends) return ends;
  const { output, input } = ends;
  const fits = output === undefined || input === undefined || canPlug(output, input);
  if (fits !== true && !fits.valid) return fits;
  // No input of a call collects, whatever its file says.
  const takesOne = input === undefined ? target.type === callType : input.list !== true;
  if (takesOne && isWired(target, to.input)) {
    return no("document/occupied-input", `The input "${to.input}" is wired already.`);
  }
  if (!dependsOn(document, from.node, to.node)) return { valid: true };
  return no("document/cycle", `"${from.node}" depends on "${to.node}": the wire closes a circle.`);
}

interface Ends {
  readonly output: Port | undefined;
  readonly input: Port | undefined;
}

function findPorts(
  source: WorkflowNode,
  target: WorkflowNode,
  registry: PortRegistry,
  { from, to }: WantedWire,
): Ends | Connection {
  const outputs = portsOf(source, registry, "outputs");
  const inputs = portsOf(target, registry, "inputs");
  const output = ownPort(outputs, from.output);
  const input = ownPort(inputs, to.input);
  if (outputs !== undefined && output === undefined) {
    return no("document/unknown-port", `"${from.node}" has no output "${from.output}".`);
  }
  if (inputs !== undefined && input === undefined) {
    return no("document/unknown-port", `"${to.node}" has no input "${to.input}".`);
  }
  return { output, input };
}

function isWired(node: WorkflowNode, input: string): boolean {
  const inputs = node.inputs ?? {};
  return Object.hasOwn(inputs, input) && wiresOf(inputs[input]).length > 0;
}

/** Whether `node` needs, directly or through others, what `source` gives. Without recursion. */
export function dependsOn(document: WorkflowDocument, node: string, source: string): boolean {
  const seen = new Set([node]);
  // A set hands out what is added while it is walked.
  for (const id of seen) {
    if (id === source) return true;
    for (const wired of Object.values(nodeAt(document, id)?.inputs ?? {})) {
      for (const [next] of wiresOf(wired)) seen.add(next);
    }
  }
  return false;
}

function nodeAt(document: WorkflowDocument, id: string): WorkflowNode | undefined {
  return Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
}

function portsOf(node: WorkflowNode, registry: PortRegistry, side: "inputs" | "outputs") {
  const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  return definition?.[side] ?? builtInPorts(node, side);
}

function ownPort(ports: Readonly<Record<string, Port>> | undefined, name: string) {
  return ports !== undefined && Object.hasOwn(ports, name) ? ports[name] : undefined;
}

function no(code: ErrorCode, sentence: string): Connection {
  return { valid: false, code, sentence };
}
