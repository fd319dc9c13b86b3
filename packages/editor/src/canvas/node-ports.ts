import {
  builtInPorts,
  type CalledPorts,
  calledPorts,
  callType,
  isSocketType,
  type NodeDescriptor,
  type SocketType,
  type WorkflowDocument,
  type WorkflowNode,
  wiresOf,
} from "@diopter/engine/editing";

/** A port as the canvas shows it. A socket that is not known takes and gives anything. */
export interface ShownPort {
  readonly name: string;
  readonly socket: SocketType | undefined;
  readonly help?: string | undefined;
  readonly isOptional: boolean;
  readonly isList: boolean;
  /** The node has no such port: only wires that the document still holds name it. */
  readonly isGone?: boolean;
}

/** Both sides of a node. */
export interface ShownPorts {
  readonly inputs: readonly ShownPort[];
  readonly outputs: readonly ShownPort[];
}

/** What the ports of a node are found in. */
export interface PortSources {
  readonly document: WorkflowDocument;
  readonly registry: Readonly<Record<string, NodeDescriptor>>;
  /** Workflows that are used as nodes, by the path that names them. */
  readonly called: ReadonlyMap<string, WorkflowDocument>;
  /** Outputs that wires leave, by node: all that is known of nodes of unknown types. */
  readonly leaving: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The ports of a node: of its type, of the workflow that it calls, or, where neither is known, those
 * at which it is wired, so that the wires of an unknown node stay visible.
 */
export function shownPorts(id: string, node: WorkflowNode, sources: PortSources): ShownPorts {
  const wired = Object.keys(node.inputs ?? {});
  const leaving = [...(sources.leaving.get(id) ?? [])];
  const known = knownPorts(node, sources);
  if (known !== undefined) {
    return { inputs: withGone(known.inputs, wired), outputs: withGone(known.outputs, leaving) };
  }
  return {
    inputs: wired.map((name) => ({
      ...unknownPort(name),
      isList: wiresOf(node.inputs?.[name]).length > 1,
    })),
    outputs: leaving.map(unknownPort),
  };
}

function knownPorts(node: WorkflowNode, { registry, called }: PortSources): ShownPorts | undefined {
  const descriptor = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  if (descriptor !== undefined) {
    return { inputs: portsIn(descriptor.inputs), outputs: portsIn(descriptor.outputs) };
  }
  if (node.type === callType) {
    const workflow = called.get(String(node.params?.path ?? ""));
    if (workflow === undefined) return undefined;
    const ports = calledPorts(workflow);
    return { inputs: calledPortsIn(ports.inputs), outputs: calledPortsIn(ports.outputs) };
  }
  const inputs = builtInPorts(node, "inputs");
  const outputs = builtInPorts(node, "outputs");
  if (inputs === undefined || outputs === undefined) return undefined;
  return { inputs: portsIn(inputs), outputs: portsIn(outputs) };
}

/** Wires at ports that are gone stay in sight, below those that are there. */
function withGone(ports: readonly ShownPort[], wired: readonly string[]): readonly ShownPort[] {
  const gone = wired.filter((name) => !ports.some((port) => port.name === name));
  if (gone.length === 0) return ports;
  return [...ports, ...gone.map((name) => ({ ...unknownPort(name), isGone: true }))];
}

/** The outputs that wires leave, by node. */
export function leavingOutputs(document: WorkflowDocument): Map<string, Set<string>> {
  const leaving = new Map<string, Set<string>>();
  for (const node of Object.values(document.nodes)) {
    for (const wired of Object.values(node.inputs ?? {})) {
      for (const [source, output] of wiresOf(wired)) {
        leaving.set(source, (leaving.get(source) ?? new Set()).add(output));
      }
    }
  }
  return leaving;
}

type Ports = NodeDescriptor["inputs"];

function portsIn(ports: Ports): readonly ShownPort[] {
  return Object.entries(ports).map(([name, port]) => ({
    name,
    socket: port.socket,
    help: port.help,
    isOptional: port.optional === true,
    isList: port.list === true,
  }));
}

function calledPortsIn(ports: CalledPorts["inputs"]): readonly ShownPort[] {
  return [...ports].map(([name, port]) => ({
    name,
    socket: isSocketType(port.socket) ? port.socket : undefined,
    isOptional: port.optional,
    isList: false,
  }));
}

function unknownPort(name: string): ShownPort {
  return { name, socket: undefined, isOptional: true, isList: false };
}
