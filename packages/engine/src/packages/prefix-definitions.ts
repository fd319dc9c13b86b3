import type { NodeDefinition } from "../nodes/define-node.js";

/**
 * Definitions under the types that workflows know them by: `package:subject/name`.
 * @throws RangeError when two have one type.
 */
export function prefixDefinitions(
  name: string,
  definitions: readonly NodeDefinition[],
): readonly NodeDefinition[] {
  const types = new Set<string>();
  return definitions.map((definition) => {
    if (types.has(definition.type)) {
      throw new RangeError(`two of its nodes have the type "${definition.type}"`);
    }
    types.add(definition.type);
    return { ...definition, type: `${name}:${definition.type}` };
  });
}
