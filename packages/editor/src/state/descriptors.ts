import {
  type NodeDescriptor,
  type PortRegistry,
  portRegistry,
  socketTypes,
} from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";

interface DescriptorsState {
  /** Every node type that the server knows, by type. */
  readonly registry: Readonly<Record<string, NodeDescriptor>>;
  /** Changes when a node type does. */
  readonly hash: string;
  readonly isLoaded: boolean;
}

/** The node types that the server knows. */
export const descriptorsStore = createStore<DescriptorsState>(() => ({
  registry: {},
  hash: "",
  isLoaded: false,
}));

const parameterKinds = [
  "number",
  "integer",
  "boolean",
  "text",
  "choice",
  "file",
  "destination",
  "seed",
];

interface ReceivedDescriptor {
  readonly inputs: Readonly<Record<string, { readonly socket: string }>>;
  readonly outputs: Readonly<Record<string, { readonly socket: string }>>;
  readonly params: Readonly<Record<string, { readonly kind: string }>>;
}

/** A node whose sockets or parameters are of a newer kind than this page knows is left out. */
export function isUnderstood(received: ReceivedDescriptor): received is NodeDescriptor {
  const ports = [...Object.values(received.inputs), ...Object.values(received.outputs)];
  return (
    ports.every(({ socket }) => Object.hasOwn(socketTypes, socket)) &&
    Object.values(received.params).every(({ kind }) => parameterKinds.includes(kind))
  );
}

/** Takes in the server's node types. */
export function setDescriptors(received: readonly ReceivedDescriptor[], hash: string): void {
  const registry = portRegistry(received.filter(isUnderstood));
  descriptorsStore.setState({ registry, hash, isLoaded: true });
}

/** What edits are checked against. */
export const currentRegistry = (): PortRegistry => descriptorsStore.getState().registry;
