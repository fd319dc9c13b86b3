import type { SourceInput } from "./intermediate.js";
import type { Graph, GraphNode } from "./schemas.js";

type Link = NonNullable<NonNullable<Graph["links"]>[number]>;

/** The wires of a graph, past what only the editor knows: reroutes and primitives. */
export interface LinkedInputs {
  of(node: GraphNode): readonly (readonly [string, SourceInput])[];
}

export function linkedInputs(graph: Graph): LinkedInputs {
  const links = new Map((graph.links ?? []).flatMap((link) => (link ? [[link.id, link]] : [])));
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return {
    of: (node) =>
      (node.inputs ?? []).flatMap((slot) => {
        const source = follow(links.get(slot.link ?? ""), nodes, links);
        return source === undefined ? [] : [[slot.name, source] as const];
      }),
  };
}

/** Where a wire begins in truth, or the value of the primitive at its beginning. */
function follow(
  first: Link | undefined,
  nodes: ReadonlyMap<string, GraphNode>,
  links: ReadonlyMap<string, Link>,
): SourceInput | undefined {
  const passed = new Set<string>();
  let link = first;
  while (link !== undefined && !passed.has(link.id)) {
    passed.add(link.id);
    const source = nodes.get(link.origin_id);
    if (source?.type === "PrimitiveNode") return primitiveValue(source);
    if (source?.type !== "Reroute") {
      return { kind: "link", node: link.origin_id, slot: link.origin_slot };
    }
    link = links.get(source.inputs?.[0]?.link ?? "");
  }
  return undefined;
}

function primitiveValue({ widgets_values: values }: GraphNode): SourceInput {
  return { kind: "value", value: Array.isArray(values) ? values[0] : undefined };
}
