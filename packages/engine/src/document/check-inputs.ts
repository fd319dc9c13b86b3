import { DiopterError, type ErrorCode } from "../errors/index.js";
import type { NodePorts, PortRegistry } from "../nodes/port-registry.js";
import type { Port } from "../nodes/ports.js";
import { canPlug } from "../sockets/can-plug.js";
import { builtInPorts } from "./built-in-types.js";
import { jsonPointer } from "./pointer.js";
import { type Wire, type WorkflowDocument, type WorkflowNode, wiresOf } from "./types.js";

/** Suggests names, as long as that is of use to a person. */
export interface Names {
  suggest(name: string, candidates: () => readonly string[], otherwise: string): string;
}

/** What the inputs of a node are held against. */
export interface Surroundings {
  readonly document: WorkflowDocument;
  readonly registry: PortRegistry;
  readonly names: Names;
}

/** Checks that every wire of a node begins at an output that fits, and that none is missing. */
export function checkInputs(
  id: string,
  node: WorkflowNode,
  definition: NodePorts | undefined,
  surroundings: Surroundings,
): DiopterError[] {
  const wired = Object.entries(node.inputs ?? {}).flatMap(([name, value]) =>
    checkInput({ id, node, name, definition, wires: wiresOf(value) }, surroundings),
  );
  // What does not run misses nothing.
  if (definition === undefined || node.mode !== undefined) return wired;
  return [...wired, ...missingInputs(id, node, definition)];
}

interface WiredInput {
  readonly id: string;
  readonly node: WorkflowNode;
  readonly name: string;
  readonly definition: NodePorts | undefined;
  readonly wires: readonly Wire[];
}

function checkInput(input: WiredInput, surroundings: Surroundings): DiopterError[] {
  const { id, node, name, definition, wires } = input;
  const port = definition === undefined ? undefined : ownPort(definition.inputs, name);
  if (definition !== undefined && port === undefined) {
    const known = Object.keys(definition.inputs);
    const otherwise =
      known.length === 0 ? "It takes no inputs." : `Its inputs are: ${known.join(", ")}.`;
    return [
      problem(input, "document/unknown-port", {
        message: `"${node.type}" has no input "${name}".`,
        remedy: surroundings.names.suggest(name, () => known, otherwise),
      }),
    ];
  }
  if (port !== undefined && port.list !== true && wires.length > 1) {
    return [
      problem(input, "document/occupied-input", {
        message: `${wires.length} wires arrive at an input that takes one.`,
        remedy: `Keep one of the wires of "${id}".`,
      }),
    ];
  }
  return wires.flatMap((wire) => checkWire(input, wire, port, surroundings));
}

function checkWire(
  input: WiredInput,
  [source, output]: Wire,
  port: Port | undefined,
  { document, registry, names }: Surroundings,
): DiopterError[] {
  const from = Object.hasOwn(document.nodes, source) ? document.nodes[source] : undefined;
  if (from === undefined) {
    return [
      problem(input, "document/dangling-wire", {
        message: `The wire begins at "${source}", and there is no such node.`,
        remedy: names.suggest(
          source,
          () => Object.keys(document.nodes),
          "Wire it to a node that exists.",
        ),
      }),
    ];
  }
  const definition = Object.hasOwn(registry, from.type) ? registry[from.type] : undefined;
  const outputs = definition?.outputs ?? builtInPorts(from);
  if (outputs === undefined) return [];
  const outputPort = ownPort(outputs, output);
  if (outputPort === undefined) {
    const known = Object.keys(outputs);
    const otherwise =
      known.length === 0 ? "It has no outputs." : `Its outputs are: ${known.join(", ")}.`;
    return [
      problem(input, "document/unknown-port", {
        message: `"${source}" (${from.type}) has no output "${output}".`,
        remedy: names.suggest(output, () => known, otherwise),
      }),
    ];
  }
  const target = port ?? ownPort(builtInPorts(input.node, "inputs") ?? {}, input.name);
  const fits = target === undefined ? undefined : canPlug(outputPort, target);
  if (fits === undefined || fits.valid) return [];
  return [
    problem(input, fits.code, {
      message: fits.sentence,
      remedy: `Wire "${input.name}" to an output that gives ${target?.socket}.`,
    }),
  ];
}

function missingInputs(id: string, node: WorkflowNode, definition: NodePorts): DiopterError[] {
  return Object.entries(definition.inputs).flatMap(([name, port]: [string, Port]) => {
    // A lazy input may stay without a wire as long as the node does not ask for it.
    if (port.optional === true || port.lazy === true) return [];
    const wired = Object.hasOwn(node.inputs ?? {}, name) ? node.inputs?.[name] : undefined;
    if (wiresOf(wired).length > 0) return [];
    return new DiopterError("document/missing-input", {
      message: `The input "${name}" is not wired.`,
      remedy: `Wire it to an output that gives ${port.socket}.`,
      node: id,
      port: name,
      path: jsonPointer(["nodes", id, "inputs"]),
    });
  });
}

function ownPort(ports: Readonly<Record<string, Port>>, name: string): Port | undefined {
  return Object.hasOwn(ports, name) ? ports[name] : undefined;
}

function problem(
  { id, name }: WiredInput,
  code: ErrorCode,
  sentences: { readonly message: string; readonly remedy: string },
): DiopterError {
  const path = jsonPointer(["nodes", id, "inputs", name]);
  return new DiopterError(code, { ...sentences, node: id, port: name, path });
}
