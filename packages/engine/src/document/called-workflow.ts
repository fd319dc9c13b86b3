import { DiopterError, type ErrorCode } from "../errors/index.js";
import type { ParameterValue } from "../nodes/params.js";
import { inputType, outputType } from "./built-in-types.js";
import type { WireEnd } from "./rewiring.js";
import { suggestName } from "./suggest.js";
import { type WorkflowDocument, type WorkflowNode, wiresOf } from "./types.js";

/** One input or output of a workflow that others call. */
export interface CalledPort {
  /** The node in the called workflow that declares it. */
  readonly node: string;
  readonly socket: string;
  readonly optional: boolean;
  readonly muted: boolean;
}

/** The ports that a call of this workflow has, by name. */
export interface CalledPorts {
  readonly inputs: ReadonlyMap<string, CalledPort>;
  readonly outputs: ReadonlyMap<string, CalledPort>;
}

/** The ports of a workflow: its nodes `workflow/input` and `workflow/output`. */
export function calledPorts(document: WorkflowDocument): CalledPorts {
  const inputs = new Map<string, CalledPort>();
  const outputs = new Map<string, CalledPort>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const side = { [inputType]: inputs, [outputType]: outputs }[node.type];
    side?.set(String(node.params?.name ?? id), {
      node: id,
      socket: String(node.params?.socket ?? ""),
      optional: node.params?.optional === true,
      muted: node.mode === "muted",
    });
  }
  return { inputs, outputs };
}

/**
 * Holds a call's wires against the ports of what it calls.
 * @throws DiopterError `document/unknown-port`, `document/missing-input`, `document/occupied-input`.
 */
export function checkCall(
  id: string,
  call: WorkflowNode,
  called: WorkflowDocument,
  ports: CalledPorts,
): void {
  const fail = (code: ErrorCode, port: string, message: string, remedy: string): never => {
    throw new DiopterError(code, { message, remedy, node: id, port });
  };
  const known = [...ports.inputs.keys()];
  for (const [name, wired] of Object.entries(call.inputs ?? {})) {
    if (!ports.inputs.has(name)) {
      const otherwise = known.length === 0 ? "It has none." : `It has: ${known.join(", ")}.`;
      const message = `The workflow "${called.name}" has no input "${name}".`;
      fail("document/unknown-port", name, message, suggestName(name, known, otherwise));
    }
    const count = wiresOf(wired).length;
    if (count <= 1) continue;
    const message = `${count} wires arrive at an input that takes one.`;
    fail("document/occupied-input", name, message, "Keep one of the wires.");
  }
  for (const [name, port] of ports.inputs) {
    if (port.optional || wiresOf(call.inputs?.[name]).length > 0) continue;
    const remedy = `Wire it to an output that gives ${port.socket}.`;
    fail("document/missing-input", name, `The input "${name}" is not wired.`, remedy);
  }
}

/** For each output of a bypassed call, the wire at its first input of the same type. */
export function bypassedOutputs(
  call: WorkflowNode,
  ports: CalledPorts,
): ReadonlyMap<string, WireEnd> {
  const ends = [...ports.outputs].map(([name, { socket }]): [string, WireEnd] => {
    const same = [...ports.inputs].find(([, input]) => input.socket === socket);
    const [wire] = same === undefined ? [] : wiresOf(call.inputs?.[same[0]]);
    return [name, wire ?? "muted"];
  });
  return new Map(ends);
}

/**
 * The called workflow with the call's parameters set where its public names lead.
 * @throws DiopterError `document/unknown-parameter` for a name that it does not publish,
 * `document/invalid` for one that leads nowhere.
 */
export function settle(id: string, call: WorkflowNode, called: WorkflowDocument): WorkflowDocument {
  const settings = Object.entries(call.params ?? {}).filter(([name]) => name !== "path");
  if (settings.length === 0) return called;
  const nodes: Record<string, WorkflowNode> = { ...called.nodes };
  for (const [name, value] of settings) {
    const [node, param] = target(id, name, called);
    nodes[node] = withParameter(called, nodes[node], param, value);
  }
  return { ...called, nodes };
}

function target(id: string, name: string, called: WorkflowDocument): readonly [string, string] {
  const published = called.interface ?? {};
  const names = Object.keys(published);
  const found = Object.hasOwn(published, name) ? published[name] : undefined;
  if (found === undefined) {
    const otherwise = names.length === 0 ? "It has none." : `It has: ${names.join(", ")}.`;
    throw new DiopterError("document/unknown-parameter", {
      message: `The workflow "${called.name}" has no parameter "${name}".`,
      remedy: suggestName(name, names, otherwise),
      node: id,
      port: name,
    });
  }
  const [node = "", param = ""] = found.split(".");
  if (Object.hasOwn(called.nodes, node)) return [node, param];
  throw new DiopterError("document/invalid", {
    message: `In "${called.name}" the public name "${name}" leads to no node: "${node}".`,
    remedy: "Correct the interface of that workflow.",
    node: id,
    port: name,
  });
}

function withParameter(
  called: WorkflowDocument,
  node: WorkflowNode | undefined,
  param: string,
  value: ParameterValue,
): WorkflowNode {
  if (node === undefined) throw new RangeError(`No node to set in "${called.name}".`);
  return { ...node, params: { ...node.params, [param]: value } };
}
