import type { Parameters } from "./params.js";
import type { Ports } from "./ports.js";

/** What has to be known of a node type to wire it and to set its parameters: all but its code. */
export interface NodePorts {
  readonly version: number;
  readonly inputs: Ports;
  readonly params: Parameters;
  readonly outputs: Ports;
}

/** Node types by name. A registry of definitions is one, and so is {@link portRegistry}'s. */
export type PortRegistry = Readonly<Record<string, NodePorts>>;

/** A registry of descriptors, as an editor receives them. The last one of a type counts. */
export function portRegistry<T extends NodePorts & { readonly type: string }>(
  descriptors: readonly T[],
): Readonly<Record<string, T>> {
  const registry: Record<string, T> = Object.create(null);
  for (const descriptor of descriptors) registry[descriptor.type] = descriptor;
  return Object.freeze(registry);
}
