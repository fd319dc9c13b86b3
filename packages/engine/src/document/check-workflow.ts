import { DiopterError } from "../errors/index.js";
import type { NodePorts, PortRegistry } from "../nodes/port-registry.js";
import { isBuiltInType } from "./built-in-types.js";
import { findCycles } from "./check-cycles.js";
import { checkInputs, type Names } from "./check-inputs.js";
import { checkInterface } from "./check-interface.js";
import { checkParameter } from "./parameters.js";
import { jsonPointer } from "./pointer.js";
import { combineProblems } from "./problems.js";
import { suggestName } from "./suggest.js";
import type { WorkflowDocument, WorkflowNode } from "./types.js";

// Suggestions compare names letter by letter: enough of it for a person, none for a flood.
const mostComparisons = 50_000;

/**
 * Everything that keeps a document from running, in the document's order, each with its place and a
 * remedy: unknown types, ports and parameters, values out of range, wires that dangle or do not fit,
 * missing inputs, cycles, public names that lead nowhere. Empty when it can run. Muted nodes may be
 * of unknown types and miss inputs. What stands in called workflows is seen once `expandCalls` has
 * put it in place. Takes time and memory in proportion to the document, and no recursion.
 */
export function checkWorkflow(
  document: WorkflowDocument,
  registry: PortRegistry,
): readonly DiopterError[] {
  const names = boundedNames();
  const problems: DiopterError[] = [];
  for (const [id, node] of Object.entries(document.nodes)) {
    const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
    if (definition === undefined && !isBuiltInType(node.type) && node.mode !== "muted") {
      problems.push(unknownType(id, node, registry, names));
    }
    if (definition !== undefined) problems.push(...checkVersion(id, node, definition));
    if (definition !== undefined) problems.push(...checkParameters(id, node, definition, names));
    problems.push(...checkInputs(id, node, definition, { document, registry, names }));
  }
  problems.push(...findCycles(document));
  problems.push(...checkInterface(document, registry, names));
  return problems;
}

/**
 * Passes a document that can run.
 * @throws DiopterError: the first problem of `checkWorkflow`, and the number of others.
 */
export function requireRunnable(document: WorkflowDocument, registry: PortRegistry): void {
  const problem = combineProblems(checkWorkflow(document, registry));
  if (problem !== undefined) throw problem;
}

function boundedNames(): Names {
  let left = mostComparisons;
  return {
    suggest: (name, candidates, otherwise) => {
      if (left <= 0) return otherwise;
      const compared = candidates().slice(0, left);
      left -= compared.length;
      return suggestName(name, compared, otherwise);
    },
  };
}

function unknownType(id: string, node: WorkflowNode, registry: PortRegistry, names: Names) {
  const [source, rest] = node.type.split(":");
  const fromPackage = rest !== undefined && source !== undefined;
  return new DiopterError("document/unknown-node", {
    message: fromPackage
      ? `The node type "${node.type}" comes from the package "${source}", which is not loaded.`
      : `There is no node type "${node.type}".`,
    remedy: fromPackage
      ? names.suggest(
          node.type,
          () => Object.keys(registry).filter((type) => type.startsWith(`${source}:`)),
          `Install "${source}" and name it in your configuration.`,
        )
      : names.suggest(
          node.type,
          () => Object.keys(registry),
          "Update Diopter, or install the package that brings it and name it in your configuration.",
        ),
    node: id,
    path: jsonPointer(["nodes", id, "type"]),
  });
}

function checkVersion(id: string, node: WorkflowNode, definition: NodePorts): DiopterError[] {
  if (node.version <= definition.version) return [];
  const what = `Version ${node.version} of "${node.type}" is newer than ours, ${definition.version}.`;
  const [source, rest] = node.type.split(":");
  return [
    new DiopterError("document/newer-version", {
      message: what,
      remedy: `Update ${rest === undefined ? "Diopter" : `the package "${source}"`}.`,
      node: id,
      path: jsonPointer(["nodes", id, "version"]),
    }),
  ];
}

function checkParameters(
  id: string,
  node: WorkflowNode,
  definition: NodePorts,
  names: Names,
): DiopterError[] {
  const known = Object.keys(definition.params);
  return Object.entries(node.params ?? {}).flatMap(([name, value]) => {
    const place = { node: id, port: name, path: jsonPointer(["nodes", id, "params", name]) };
    const parameter = Object.hasOwn(definition.params, name) ? definition.params[name] : undefined;
    if (parameter === undefined) {
      const otherwise =
        known.length === 0 ? "Remove it: there are none." : `There are: ${known.join(", ")}.`;
      return new DiopterError("document/unknown-parameter", {
        message: `"${node.type}" has no parameter "${name}".`,
        remedy: names.suggest(name, () => known, otherwise),
        ...place,
      });
    }
    const fault = checkParameter(parameter, value);
    return fault === undefined
      ? []
      : new DiopterError("document/invalid-parameter", { ...fault, ...place });
  });
}
