import { builtInPorts } from "../document/built-in-types.js";
import { findCycles } from "../document/check-cycles.js";
import { type Wire, type WorkflowDocument, type WorkflowNode, wiresOf } from "../document/types.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import type { Port, Ports } from "../nodes/ports.js";
import { type Connection, canPlug } from "../sockets/can-plug.js";
import { own } from "./edit.js";
import { refuse } from "./edit-error.js";

/** A node's ports; undefined where its type is not known, and any port is taken to exist. */
export function portsOf(
  node: WorkflowNode,
  registry: PortRegistry,
  side: "inputs" | "outputs",
): Ports | undefined {
  return own(registry, node.type)?.[side] ?? builtInPorts(node, side);
}

/** Whether a wire that ends in a node's input begins at an output that is there and fits. */
export function checkWire(
  document: WorkflowDocument,
  registry: PortRegistry,
  target: WorkflowNode,
  input: string,
  [source, output]: Wire,
): Connection {
  const from = own(document.nodes, source);
  if (from === undefined) return dangling(source);
  const inputs = portsOf(target, registry, "inputs");
  const outputs = portsOf(from, registry, "outputs");
  const inputPort = inputs === undefined ? undefined : own<Port>(inputs, input);
  const outputPort = outputs === undefined ? undefined : own<Port>(outputs, output);
  if (inputs !== undefined && inputPort === undefined) {
    return unknownPort(`"${target.type}" has no input "${input}".`);
  }
  if (outputs !== undefined && outputPort === undefined) {
    return unknownPort(`"${source}" has no output "${output}".`);
  }
  if (inputPort === undefined || outputPort === undefined) return { valid: true };
  return canPlug(outputPort, inputPort);
}

/** Whether an input takes several wires. */
export function isListInput(node: WorkflowNode, registry: PortRegistry, input: string): boolean {
  const inputs = portsOf(node, registry, "inputs") ?? {};
  return own<Port>(inputs, input)?.list === true;
}

/**
 * Requires that all wires of a node begin at outputs that are there and fit.
 * @throws DiopterError that says why one does not.
 */
export function requireFit(document: WorkflowDocument, registry: PortRegistry, id: string): void {
  const node = own(document.nodes, id);
  for (const [input, wired] of Object.entries(node?.inputs ?? {})) {
    if (node === undefined) return;
    const wires = wiresOf(wired);
    const knowsInput = portsOf(node, registry, "inputs") !== undefined;
    if (wires.length > 1 && knowsInput && !isListInput(node, registry, input)) {
      const message = `${wires.length} wires arrive at an input that takes one.`;
      throw refuse("document/occupied-input", message, "Keep one of them.", {
        node: id,
        port: input,
      });
    }
    for (const wire of wires) {
      const fits = checkWire(document, registry, node, input, wire);
      if (fits.valid) continue;
      throw refuse(fits.code, fits.sentence, "Wire it to another output.", {
        node: id,
        port: input,
      });
    }
  }
}

/**
 * Requires that a change closes no circle. A document that already had one is not held to it.
 * @throws DiopterError `document/cycle`.
 */
export function requireNoNewCycle(before: WorkflowDocument, after: WorkflowDocument): void {
  const [cycle] = findCycles(after);
  if (cycle !== undefined && findCycles(before).length === 0) throw cycle;
}

function dangling(source: string): Connection {
  return { valid: false, code: "document/dangling-wire", sentence: `There is no "${source}".` };
}

function unknownPort(sentence: string): Connection {
  return { valid: false, code: "document/unknown-port", sentence };
}
