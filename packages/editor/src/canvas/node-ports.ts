import {
  builtInPorts,
  type CalledPorts,
  callType,
  type NodeDescriptor,
  type SocketType,
  socketTypes,
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
  /** Ports of workflows that are used as nodes, by the path that names them. */
  readonly called: ReadonlyMap<string, CalledPorts>;
  /** Outputs that wires leave, by node: all that is known of nodes of unknown types. */
  readonly leaving: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The ports of a node: of its type, of the workflow that it calls, or, where neither is known, those
 * at which it is wired, so that the wires of an unknown node stay visible.
 */
export function shownPorts(id: string, node: WorkflowNode, sources: PortSources): ShownPorts {
  const descriptor = Object.hasOwn(sources.registry, node.type)
    ? sources.registry[node.type]
    : undefined;
  if (descriptor !== undefined) {
    return { inputs: portsIn(descriptor.inputs), outputs: portsIn(descriptor.outputs) };
  }
  if (node.type === callType) {
    const ports = sources.called.get(String(node.params?.path ?? ""));
    if (ports !== undefined) {
      return { inputs: calledPortsIn(ports.inputs), outputs: calledPortsIn(ports.outputs) };
    }
  }
  const inputs = builtInPorts(node, "inputs");
  const outputs = builtInPorts(node, "outputs");
  if (inputs !== undefined && outputs !== undefined) {
    return { inputs: portsIn(inputs), outputs: portsIn(outputs) };
  }
  return {
    inputs: Object.entries(node.inputs ?? {}).map(([name, wired]) => ({
      ...unknownPort(name),
      isList: wiresOf(wired).length > 1,
    })),
    outputs: [...(sources.leaving.get(id) ?? [])].map(unknownPort),
  };
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
    socket: knownSocket(port.socket),
    isOptional: port.optional,
    isList: false,
  }));
}

function unknownPort(name: string): ShownPort {
  return { name, socket: undefined, isOptional: true, isList: false };
}

function knownSocket(name: string): SocketType | undefined {
  return isSocket(name) ? name : undefined;
}

function isSocket(name: string): name is SocketType {
  return Object.hasOwn(socketTypes, name);
}
