import { basename, isAbsolute, resolve } from "node:path";
import {
  applySetting,
  type InterfaceOption,
  interfaceOptions,
  type NodeRegistry,
  type Parameter,
  type WorkflowDocument,
} from "@diopter/engine";
import { usageError } from "../failure.js";

/** What was asked for on the command line. */
export interface RequestedSettings {
  /** Values for public names of the workflow. */
  readonly named: ReadonlyMap<string, string>;
  /** `node.parameter=value`, as written. */
  readonly set: readonly string[];
  readonly seed: string | undefined;
  readonly directory: string;
}

/** A document as it is to be run. */
export interface SettledWorkflow {
  readonly document: WorkflowDocument;
  /**
   * The same for results to carry: pictures by their names alone and destinations as they were, so
   * that a result does not tell, nor depend on, where files lie.
   */
  readonly embedded: WorkflowDocument;
  /** Absolute paths that the command line named: the person who typed them allows them. */
  readonly namedPaths: readonly string[];
}

/**
 * Applies the command line's values, `--set` last. Paths on the command line start from the
 * current folder, those in a workflow from the workflow's.
 * @throws DiopterError for names and values that do not fit.
 */
export function applyRequest(
  document: WorkflowDocument,
  registry: NodeRegistry,
  request: RequestedSettings,
): SettledWorkflow {
  const options = interfaceOptions(document, registry);
  const settings: [string, string][] = [
    ...seedSettings(document, registry, options, request.seed),
    ...request.named,
    ...request.set.map(splitSetting),
  ];
  const namedPaths: string[] = [];
  let settled = document;
  let embedded = document;
  for (const [target, text] of settings) {
    const parameter = parameterOf(settled, registry, options, target);
    const value = toAbsolute(parameter, text, request.directory);
    if (value !== text || isAbsolute(text)) namedPaths.push(value);
    settled = applySetting(settled, registry, target, value);
    if (parameter?.kind === "destination") continue;
    const told = parameter?.kind === "file" ? basename(value) : value;
    embedded = applySetting(embedded, registry, target, told);
  }
  return { document: settled, embedded, namedPaths };
}

function splitSetting(setting: string): [string, string] {
  const at = setting.indexOf("=");
  if (at > 0) return [setting.slice(0, at), setting.slice(at + 1)];
  throw usageError(`--set ${setting} names no value.`, "Write --set node.parameter=value.");
}

/** The public name `seed` where there is one, else every seed in the workflow. */
function seedSettings(
  document: WorkflowDocument,
  registry: NodeRegistry,
  options: readonly InterfaceOption[],
  seed: string | undefined,
): [string, string][] {
  if (seed === undefined) return [];
  if (options.some((option) => option.name === "seed")) return [["seed", seed]];
  return Object.entries(document.nodes).flatMap(([id, node]) =>
    Object.entries(registry[node.type]?.params ?? {})
      .filter(([, parameter]) => parameter.kind === "seed")
      .map(([name]): [string, string] => [`${id}.${name}`, seed]),
  );
}

function parameterOf(
  document: WorkflowDocument,
  registry: NodeRegistry,
  options: readonly InterfaceOption[],
  target: string,
): Parameter | undefined {
  const published = options.find((option) => option.name === target);
  if (published !== undefined) return published.parameter;
  const [id = "", name = ""] = target.split(".");
  const type = Object.hasOwn(document.nodes, id) ? document.nodes[id]?.type : undefined;
  return type === undefined ? undefined : registry[type]?.params[name];
}

/** Paths become absolute; names of models that ship stay as they are. */
function toAbsolute(parameter: Parameter | undefined, text: string, directory: string): string {
  if (text === "") return text;
  if (parameter?.kind === "destination") return resolve(directory, text);
  if (parameter?.kind !== "file") return text;
  const shipped = parameter.named ?? {};
  return Object.hasOwn(shipped, text) ? text : resolve(directory, text);
}
