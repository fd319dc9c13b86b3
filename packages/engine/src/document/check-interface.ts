import { DiopterError, type ErrorCode } from "../errors/index.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import { isBuiltInType } from "./built-in-types.js";
import type { Names } from "./check-inputs.js";
import { jsonPointer } from "./pointer.js";
import type { WorkflowDocument } from "./types.js";

/** Checks that every public name leads to a parameter. */
export function checkInterface(
  document: WorkflowDocument,
  registry: PortRegistry,
  names: Names,
): DiopterError[] {
  return Object.entries(document.interface ?? {}).flatMap(([publicName, target]) => {
    const problem = (code: ErrorCode, message: string, remedy: string) => [
      new DiopterError(code, { message, remedy, path: jsonPointer(["interface", publicName]) }),
    ];
    const [id = "", param = ""] = target.split(".");
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    if (node === undefined) {
      const remedy = names.suggest(
        id,
        () => Object.keys(document.nodes),
        "Name a node that exists.",
      );
      return problem("document/invalid", `"${publicName}" names no node: "${id}".`, remedy);
    }
    const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
    if (definition === undefined || isBuiltInType(node.type)) return [];
    if (Object.hasOwn(definition.params, param)) return [];
    const known = Object.keys(definition.params);
    return problem(
      "document/unknown-parameter",
      `"${publicName}" names no parameter: "${id}" has no "${param}".`,
      names.suggest(param, () => known, `There are: ${known.join(", ")}.`),
    );
  });
}
