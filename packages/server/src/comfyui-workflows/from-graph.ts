import { DiopterError, type NodeRegistry } from "@diopter/engine";
import type { PortRegistry } from "@diopter/engine/editing";
import { assemble, type ImportedWorkflow } from "./assemble.js";
import { inOrder, isWidget } from "./class-inputs.js";
import { comfyClasses } from "./classes.js";
import { type ComfyInput, type ComfyPlace, graphModes } from "./comfy-class.js";
import { isSubgraph, type Layer, layersOf } from "./graph-layers.js";
import { type HandsOn, linkedInputs } from "./graph-links.js";
import { flatten, viewOfGraph } from "./graph-view.js";
import type { SourceInput, SourceNode } from "./intermediate.js";
import { ownClass } from "./own-classes.js";
import { type Graph, type GraphNode, graphSchema } from "./schemas.js";

/** Classes that only the editor of ComfyUI knows. */
const notes: ReadonlySet<string> = new Set(["Note", "MarkdownNote"]);
const handOn: ReadonlySet<string> = new Set(["Reroute", "PrimitiveNode"]);

/**
 * The document of a workflow in the form in which ComfyUI's editor saves it, version 0.4 or 1:
 * widgets by position, links, groups, reroutes, primitives, modes. What stands in a subgraph stands
 * in its place, with ids such as `57:8`.
 * @throws DiopterError `comfyui/invalid`.
 */
export function fromGraph(
  data: unknown,
  registry: NodeRegistry,
  place: ComfyPlace,
): ImportedWorkflow {
  const graph = readGraph(data);
  const layers = layersOf(graph);
  const all = layers.flatMap((layer) => [...layer.nodes.values()].map((node) => ({ layer, node })));
  const handsOnHere = handsOnWhere(registry);
  const left = all.filter(({ node }) => !isOfTheEditor(node, graph) && !handsOnHere(node));
  const nodes = left.map(({ node, layer }) => sourceNode(node, layer, registry, handsOnHere));
  const flat = flatten(graph, layers);
  const imported = assemble(nodes, registry, place, (names) => viewOfGraph(flat, names));
  const lost = all.flatMap(({ node, layer }) => {
    const which = `Node ${layer.prefix}${node.id} (${node.type})`;
    if (notes.has(node.type)) return [`${which} is a remark and was left out.`];
    return handsOnHere(node) ? [`${which} was bypassed and has become a wire.`] : [];
  });
  return { ...imported, notes: [...imported.notes, ...lost] };
}

/** A bypassed node stays one where it is one node of ours; any other is as good as a wire. */
function handsOnWhere(registry: PortRegistry): HandsOn {
  return ({ type, mode, properties }) =>
    graphModes[mode ?? 0] === "bypassed" &&
    !notes.has(type) &&
    !handOn.has(type) &&
    comfyClasses[type]?.build === undefined &&
    !Object.hasOwn(registry, type) &&
    properties?.diopter === undefined;
}

function isOfTheEditor(node: GraphNode, graph: Graph): boolean {
  const isBypassed = graphModes[node.mode ?? 0] === "bypassed";
  const isOpened = isSubgraph(graph, node) && !isBypassed;
  return notes.has(node.type) || handOn.has(node.type) || isOpened;
}

/** @throws DiopterError `comfyui/invalid`. */
function readGraph(data: unknown): Graph {
  const parsed = graphSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DiopterError("comfyui/invalid", {
    message: `The workflow is malformed at ${issue?.path.join(".") || "its top"}: ${issue?.message}.`,
    remedy: "Save it again in ComfyUI, or use Export (API).",
  });
}

function sourceNode(
  node: GraphNode,
  layer: Layer,
  registry: PortRegistry,
  handsOn: HandsOn,
): SourceNode {
  const own = node.properties?.diopter;
  const inputs: Record<string, SourceInput> = { ...widgetValues(node, registry) };
  for (const [name, link] of linkedInputs(node, layer, handsOn)) inputs[name] = link;
  return {
    id: `${layer.prefix}${node.id}`,
    className: node.type,
    title: own === undefined ? node.title : undefined,
    mode: layer.isMuted ? "muted" : graphModes[node.mode ?? 0],
    own:
      own === undefined ? undefined : { ...own, mode: undefined, title: node.title ?? own.title },
    inputs,
  };
}

/** The values of a node's widgets by name. */
function widgetValues(node: GraphNode, registry: PortRegistry): Record<string, SourceInput> {
  const values = node.widgets_values ?? [];
  if (!Array.isArray(values)) {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { kind: "value" as const, value }]),
    );
  }
  const own = node.properties?.diopter;
  const names = own?.widgets ?? namesByPlace(node, values, registry);
  const given = own?.given === undefined ? undefined : new Set(own.given);
  const defaults = Object.hasOwn(registry, node.type) ? registry[node.type]?.params : undefined;
  const read: Record<string, SourceInput> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (name === undefined || value === undefined) continue;
    const isDefault = defaults !== undefined && defaults[name]?.default === value;
    if (given !== undefined && !given.has(name) && isDefault) continue;
    read[name] = { kind: "value", value };
  }
  return read;
}

const controls: ReadonlySet<unknown> = new Set(["fixed", "increment", "decrement", "randomize"]);

/** Which widget stands at each place; undefined where a place belongs to the editor alone. */
function namesByPlace(
  node: GraphNode,
  values: readonly unknown[],
  registry: PortRegistry,
): readonly (string | undefined)[] {
  const declared = declaredInputs(node.type, registry);
  const widgets = (declared === undefined ? undefined : inOrder(declared).filter(isWidget)) ?? [];
  const names: (string | undefined)[] = [];
  for (const widget of widgets) {
    names.push(widget.name);
    // The editor keeps what becomes of a seed after each run behind the seed.
    if (isSeed(widget) && controls.has(values[names.length])) names.push(undefined);
  }
  if (declared !== undefined) return names;
  const listed = (node.inputs ?? []).flatMap(({ widget }) => widget?.name ?? []);
  return values.map((_, index) => listed[index] ?? `widget-${index}`);
}

function declaredInputs(type: string, registry: PortRegistry): readonly ComfyInput[] | undefined {
  const known = comfyClasses[type];
  if (known !== undefined) return known.inputs;
  const definition = Object.hasOwn(registry, type) ? registry[type] : undefined;
  return definition === undefined ? undefined : ownClass(definition).inputs;
}

function isSeed({ name, options }: ComfyInput): boolean {
  return options?.control_after_generate === true || /^(noise_)?seed$/.test(name);
}
