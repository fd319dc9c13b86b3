import type { Layer } from "./graph-layers.js";
import type { SourceInput } from "./intermediate.js";
import type { GraphLink, GraphNode } from "./schemas.js";

const inputNode = "-10";
const outputNode = "-20";

/** A wire, and the layer that it lies in. */
interface Place {
  readonly layer: Layer;
  readonly link: GraphLink;
}

/** Whether a bypassed node has become a wire. */
export type HandsOn = (node: GraphNode) => boolean;

/** What arrives at each wired input of a node, past what only the editor knows. */
export function linkedInputs(
  node: GraphNode,
  layer: Layer,
  handsOn: HandsOn,
): readonly (readonly [string, SourceInput])[] {
  return (node.inputs ?? []).flatMap((slot) => {
    const source = follow(layer, layer.links.get(slot.link ?? ""), handsOn);
    return source === undefined ? [] : [[slot.name, source] as const];
  });
}

/**
 * Where a wire begins in truth: past reroutes, into and out of subgraphs; or the value of the
 * primitive, or of the subgraph's field, at its beginning.
 */
function follow(
  layer: Layer,
  link: GraphLink | undefined,
  handsOn: HandsOn,
): SourceInput | undefined {
  const passed = new Set<string>();
  let place: Place | SourceInput | undefined = at(layer, link);
  while (place !== undefined && "link" in place) {
    const key = `${place.layer.prefix}${place.link.id}`;
    if (passed.has(key)) return undefined;
    passed.add(key);
    place = step(place, handsOn);
  }
  return place;
}

function step({ layer, link }: Place, handsOn: HandsOn): Place | SourceInput | undefined {
  const { outer, definition } = layer;
  if (outer !== undefined && link.origin_id === (definition?.inputNode?.id ?? inputNode)) {
    return leave(layer, link.origin_slot);
  }
  const source = layer.nodes.get(link.origin_id);
  const inner = layer.inner.get(link.origin_id);
  if (inner !== undefined) return enter(inner, link.origin_slot);
  if (source?.type === "PrimitiveNode") {
    const { widgets_values: values } = source;
    return { kind: "value", value: Array.isArray(values) ? values[0] : undefined };
  }
  if (source?.type === "Reroute") return at(layer, layer.links.get(source.inputs?.[0]?.link ?? ""));
  if (source !== undefined && handsOn(source)) return passThrough(source, link.origin_slot, layer);
  return { kind: "link", node: `${layer.prefix}${link.origin_id}`, slot: link.origin_slot };
}

/** What a bypassed node hands on: its input of the output's type, at the same place if it can be. */
function passThrough(node: GraphNode, slot: number, layer: Layer): Place | undefined {
  const type = node.outputs?.[slot]?.type;
  const inputs = node.inputs ?? [];
  const fits = (input: (typeof inputs)[number] | undefined) =>
    input !== undefined && (type === undefined || input.type === type);
  const input = fits(inputs[slot]) ? inputs[slot] : inputs.find(fits);
  return at(layer, layer.links.get(input?.link ?? ""));
}

/** What is wired to an input of the node that stands for the subgraph, or typed into its field. */
function leave({ outer, definition }: Layer, slot: number): Place | SourceInput | undefined {
  if (outer === undefined) return undefined;
  const { layer, node } = outer;
  const name = definition?.inputs?.[slot]?.name;
  const input = node.inputs?.find((one) => one.name === name) ?? node.inputs?.[slot];
  const link = layer.links.get(input?.link ?? "");
  if (link !== undefined) return { layer, link };
  const fields = (node.inputs ?? []).filter((one) => one.widget);
  const field = input === undefined ? -1 : fields.indexOf(input);
  const { widgets_values: values } = node;
  return Array.isArray(values) && field >= 0 ? { kind: "value", value: values[field] } : undefined;
}

/** What is wired to an output of the subgraph. */
function enter(layer: Layer, slot: number): Place | undefined {
  const end = layer.definition?.outputNode?.id ?? outputNode;
  const link = [...layer.links.values()].find(
    ({ target_id: target, target_slot: place }) => target === end && place === slot,
  );
  return at(layer, link);
}

function at(layer: Layer, link: GraphLink | undefined): Place | undefined {
  return link === undefined ? undefined : { layer, link };
}
