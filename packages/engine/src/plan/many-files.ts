import type { NodeDefinition } from "../nodes/index.js";

/** The parameter over whose files a node runs, if it has one: the first file with `many`. */
export function manyFilesParameter(definition: NodeDefinition): string | undefined {
  const params = Object.entries(definition.params);
  return params.find(([, param]) => param.kind === "file" && param.many === true)?.[0];
}
