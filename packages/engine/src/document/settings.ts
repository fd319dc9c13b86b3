import { DiopterError } from "../errors/index.js";
import type { Parameter, ParameterValue } from "../nodes/params.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import { isBuiltInType } from "./built-in-types.js";
import { checkParameter, nodeParameters } from "./parameters.js";
import { jsonPointer } from "./pointer.js";
import { suggestName } from "./suggest.js";
import type { WorkflowDocument, WorkflowNode } from "./types.js";

/**
 * The document with one parameter set. `target` is `node.parameter`, or a public name of the
 * document's interface. `value` may be text, as the command line has it: a number, `true` or
 * `false` are read from it where the parameter asks for them.
 * @throws DiopterError `usage/unknown-option` for a public name that there is not,
 * `document/unknown-node`, `document/unknown-parameter`, `document/invalid-parameter`.
 */
export function applySetting(
  document: WorkflowDocument,
  registry: PortRegistry,
  target: string,
  value: ParameterValue,
): WorkflowDocument {
  const [id, name] = splitTarget(document, target);
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
  if (node === undefined) throw unknownNode(document, id);
  const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  const read =
    definition === undefined
      ? readUndeclared(value, node)
      : readDeclared(definition.params, id, node, name, value);
  const params = { ...node.params, [name]: read };
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, params } } };
}

/** A parameter that the document gives a public name to. */
export interface InterfaceOption {
  /** What the command's option is called. */
  readonly name: string;
  readonly node: string;
  readonly param: string;
  /** Undefined where the node's type is not known here, or a called workflow declares it. */
  readonly parameter: Parameter | undefined;
  /** The value in the document, or the default. */
  readonly value: ParameterValue | undefined;
}

/** The public parameters of a document, in its order; names that lead nowhere are left out. */
export function interfaceOptions(
  document: WorkflowDocument,
  registry: PortRegistry,
): readonly InterfaceOption[] {
  return Object.entries(document.interface ?? {}).flatMap(([name, target]) => {
    const [id = "", param = ""] = target.split(".");
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    if (node === undefined) return [];
    const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
    const declared = definition?.params ?? {};
    const parameter = Object.hasOwn(declared, param) ? declared[param] : undefined;
    if (definition !== undefined && parameter === undefined) return [];
    const values = definition === undefined ? node.params : nodeParameters(node, declared);
    return [{ name, node: id, param, parameter, value: values?.[param] }];
  });
}

function splitTarget(document: WorkflowDocument, target: string): readonly [string, string] {
  const options = document.interface ?? {};
  const isPublic = Object.hasOwn(options, target);
  const full = isPublic ? options[target] : target;
  const [id, name, ...rest] = (full ?? "").split(".");
  if (id && name && rest.length === 0) return [id, name];
  const names = Object.keys(options);
  const listed = names.length === 0 ? "" : ` or one of: ${names.join(", ")}`;
  throw new DiopterError("usage/unknown-option", {
    message: `"${target}" is neither node.parameter nor a public name of this workflow.`,
    remedy: suggestName(target, names, `Give node.parameter${listed}.`),
  });
}

type Declared = Readonly<Record<string, Parameter>>;

function readDeclared(
  declared: Declared,
  id: string,
  node: WorkflowNode,
  name: string,
  value: ParameterValue,
): ParameterValue {
  const place = { node: id, port: name, path: jsonPointer(["nodes", id, "params", name]) };
  const parameter = Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (parameter === undefined) {
    const names = Object.keys(declared);
    const otherwise = names.length === 0 ? "It has none." : `It has: ${names.join(", ")}.`;
    throw new DiopterError("document/unknown-parameter", {
      message: `"${node.type}" has no parameter "${name}".`,
      remedy: suggestName(name, names, otherwise),
      ...place,
    });
  }
  const read = typeof value === "string" ? readText(parameter, value) : value;
  const fault = checkParameter(parameter, read);
  if (fault === undefined) return read;
  throw new DiopterError("document/invalid-parameter", { ...fault, ...place });
}

function readText(parameter: Parameter, text: string): ParameterValue {
  switch (parameter.kind) {
    case "number":
    case "integer":
    case "seed":
      return readNumber(text);
    case "boolean":
      return readBoolean(text);
    default:
      return text;
  }
}

function readNumber(text: string): ParameterValue {
  const trimmed = text.trim();
  const looksDecimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed);
  return looksDecimal ? Number(trimmed) : text;
}

function readBoolean(text: string): ParameterValue {
  const word = text.trim().toLowerCase();
  return word === "true" || (word === "false" ? false : text);
}

/** A call's parameters are declared in another file: what reads as a number or truth is one. */
function readUndeclared(value: ParameterValue, node: WorkflowNode): ParameterValue {
  if (typeof value !== "string" || !isBuiltInType(node.type)) return value;
  const number = readNumber(value);
  return typeof number === "number" ? number : readBoolean(value);
}

function unknownNode(document: WorkflowDocument, id: string): DiopterError {
  const ids = Object.keys(document.nodes);
  const listed = ids.length <= 20 ? ids.join(", ") : `${ids.slice(0, 20).join(", ")}, ...`;
  return new DiopterError("document/unknown-node", {
    message: `The workflow has no node "${id}".`,
    remedy: suggestName(id, ids, ids.length === 0 ? "It is empty." : `It has: ${listed}.`),
  });
}
