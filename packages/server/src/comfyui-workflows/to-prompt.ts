import {
  builtInPorts,
  type PortRegistry,
  type Ports,
  viewOf,
  type WorkflowDocument,
  type WorkflowNode,
  wiresOf,
} from "@diopter/engine/editing";
import { unknownClass } from "./comfy-class.js";
import type { OwnNotes, Prompt } from "./schemas.js";

/**
 * A document in the form in which ComfyUI runs workflows. Classes are our node types, but for nodes
 * that came from ComfyUI; what its form has no place for stands in `_meta`.
 */
export function toPrompt(document: WorkflowDocument, registry: PortRegistry): Prompt {
  const outputs = outputNames(document, registry);
  const nodes = Object.entries(document.nodes).map(([id, node], index) => {
    const className = unknownClass(node.type) ?? node.type;
    const own = {
      ...ownNotes(id, node, document),
      ...namedOutputs(node, outputs.get(id) ?? [], registry),
      ...(index === 0 ? { workflow: about(document) } : {}),
    };
    const inputs = { ...node.params, ...linksOf(node, outputs) };
    const meta = { title: node.title ?? className, diopter: own };
    return [id, { class_type: className, inputs, _meta: meta }];
  });
  return Object.fromEntries(nodes);
}

function about({ name, description }: WorkflowDocument) {
  return description === undefined ? { name } : { name, description };
}

function ownNotes(id: string, node: WorkflowNode, document: WorkflowDocument): OwnNotes {
  const { positions } = viewOf(document);
  const position = Object.hasOwn(positions, id) ? positions[id] : undefined;
  const published = Object.entries(document.interface ?? {})
    .map(([name, target]) => [name, ...target.split(".")])
    .filter(([, owner]) => owner === id)
    .map(([name = "", , param = ""]) => [name, param] as const);
  return {
    ...(unknownClass(node.type) === undefined ? { version: node.version } : {}),
    ...(node.mode === undefined ? {} : { mode: node.mode }),
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(position === undefined ? {} : { position: [position[0], position[1]] }),
    ...(published.length === 0 ? {} : { interface: Object.fromEntries(published) }),
  };
}

/** The names of each node's outputs in the order of their places. */
export function outputNames(
  document: WorkflowDocument,
  registry: PortRegistry,
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [id, node] of Object.entries(document.nodes)) {
    names.set(id, Object.keys(portsOf(node, registry) ?? {}));
  }
  for (const node of Object.values(document.nodes)) {
    for (const wired of Object.values(node.inputs ?? {})) {
      for (const [source, output] of wiresOf(wired)) {
        addOutput(names.get(source), output);
      }
    }
  }
  return names;
}

/** Outputs of unknown classes are named after their places: the places before them are filled. */
function addOutput(names: string[] | undefined, output: string): void {
  if (names === undefined || names.includes(output)) return;
  const place = Number(/^slot-(\d{1,3})$/.exec(output)?.[1] ?? -1);
  while (names.length < place) names.push(`slot-${names.length}`);
  names.push(output);
}

function portsOf(node: WorkflowNode, registry: PortRegistry): Ports | undefined {
  const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  return definition?.outputs ?? builtInPorts(node);
}

/** The names of the outputs, where a reader would not know them by himself. */
export function namedOutputs(
  node: WorkflowNode,
  names: readonly string[],
  registry: PortRegistry,
): Pick<OwnNotes, "outputs"> {
  const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  const isKnown =
    definition !== undefined && names.length === Object.keys(definition.outputs).length;
  return isKnown ? {} : { outputs: [...names] };
}

/** The wires of a node: `[id, place]` by input; several at one input are numbered. */
export function linksOf(
  node: WorkflowNode,
  outputs: ReadonlyMap<string, readonly string[]>,
): Record<string, [string, number]> {
  const links: Record<string, [string, number]> = {};
  for (const [name, wired] of Object.entries(node.inputs ?? {})) {
    const wires = wiresOf(wired);
    const isList = wired.length > 0 && typeof wired[0] !== "string";
    for (const [index, [source, output]] of wires.entries()) {
      const place = Math.max(0, outputs.get(source)?.indexOf(output) ?? 0);
      links[isList ? `${name}.${index}` : name] = [source, place];
    }
  }
  return links;
}
