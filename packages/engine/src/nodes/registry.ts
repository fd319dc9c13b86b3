import type { NodeDefinition } from "./define-node.js";

/** All node types that a run may use, by type. */
export type NodeRegistry = Readonly<Record<string, NodeDefinition>>;

/**
 * A registry from definitions.
 * @throws RangeError when two definitions claim one type.
 */
export function createRegistry(definitions: readonly NodeDefinition[]): NodeRegistry {
  const registry: Record<string, NodeDefinition> = Object.create(null);
  for (const definition of definitions) {
    if (definition.type in registry) {
      throw new RangeError(`Two nodes claim the type "${definition.type}".`);
    }
    registry[definition.type] = definition;
  }
  return Object.freeze(registry);
}
