import { checkParameter } from "../document/parameters.js";
import { type Wire, wiresOf } from "../document/types.js";
import type { NodePorts } from "../nodes/port-registry.js";
import type { Port, Ports } from "../nodes/ports.js";
import { canPlug } from "../sockets/can-plug.js";
import type { CommandOf } from "./command-schema.js";
import { type Edit, nodeBefore, nodeDraft, own, removeEntry } from "./edit.js";
import { refuse } from "./edit-error.js";
import { setWires } from "./edit-wires.js";
import { portsOf } from "./fit-wires.js";

/**
 * Makes another type of a node and keeps all that fits: parameters of the same name whose values it
 * takes, wires at ports of the same name or else at the first free one that fits, public names.
 */
export function replaceNode(edit: Edit, { id, type }: CommandOf<"replace-node">): void {
  const before = nodeBefore(edit, id);
  const definition = own(edit.registry, type);
  if (definition === undefined) {
    const message = `There is no node type "${type}".`;
    throw refuse("document/unknown-node", message, "Choose another type.", { node: id });
  }
  const node = nodeDraft(edit, id);
  node.type = type;
  node.version = definition.version;
  for (const [name, value] of Object.entries(before.params)) {
    const parameter = own(definition.params, name);
    if (parameter !== undefined && checkParameter(parameter, value) === undefined) continue;
    removeEntry(node.params, name);
  }
  for (const [name, target] of Object.entries(edit.document.interface)) {
    const [owner = "", param = ""] = target.split(".");
    if (owner === id && !Object.hasOwn(definition.params, param))
      removeEntry(edit.draft.interface, name);
  }
  replaceInputs(edit, id, definition);
  replaceOutputs(edit, id, definition);
}

function replaceInputs(edit: Edit, id: string, definition: NodePorts): void {
  const node = nodeDraft(edit, id);
  const taken = new Set<string>();
  for (const [input, wired] of Object.entries(nodeBefore(edit, id).inputs)) {
    removeEntry(node.inputs, input);
    for (const wire of wiresOf(wired)) {
      const place = findInput(edit, wire, input, definition, taken);
      if (place === undefined) continue;
      taken.add(place);
      const wires = wiresOf(node.inputs[place]).map(([source, output]): Wire => [source, output]);
      setWires(edit, { node: id, input: place }, [...wires, wire]);
    }
  }
}

function findInput(
  { document, registry }: Edit,
  [source, output]: Wire,
  preferred: string,
  { inputs }: NodePorts,
  taken: ReadonlySet<string>,
): string | undefined {
  const from = own(document.nodes, source);
  const outputs = from === undefined ? undefined : portsOf(from, registry, "outputs");
  const port = outputs === undefined ? undefined : own<Port>(outputs, output);
  const names = [preferred, ...Object.keys(inputs).filter((name) => name !== preferred)];
  return names.find((name) => {
    const input = own<Port>(inputs, name);
    if (input === undefined || (taken.has(name) && input.list !== true)) return false;
    return port === undefined ? name === preferred : canPlug(port, input).valid;
  });
}

function replaceOutputs(edit: Edit, id: string, { outputs }: NodePorts): void {
  for (const [target, node] of Object.entries(edit.document.nodes)) {
    if (target === id) continue;
    for (const [input, wired] of Object.entries(node.inputs)) {
      const wires = wiresOf(wired);
      if (!wires.some(([source]) => source === id)) continue;
      const port = own<Port>(portsOf(node, edit.registry, "inputs") ?? {}, input);
      const kept = wires.flatMap((wire): readonly Wire[] => {
        if (wire[0] !== id) return [wire];
        const output = findOutput(outputs, wire[1], port);
        return output === undefined ? [] : [[id, output]];
      });
      setWires(edit, { node: target, input }, kept);
    }
  }
}

function findOutput(outputs: Ports, preferred: string, input: Port | undefined) {
  const names = [preferred, ...Object.keys(outputs).filter((name) => name !== preferred)];
  return names.find((name) => {
    const output = own<Port>(outputs, name);
    if (output === undefined) return false;
    return input === undefined ? name === preferred : canPlug(output, input).valid;
  });
}
