import { DiopterError } from "@diopter/engine";
import type { Graph, GraphLink, GraphNode, Subgraph } from "./schemas.js";

/** The nodes of a graph, or of a subgraph where one of its nodes stands for it. */
export interface Layer {
  /** What stands before the ids of its nodes: `57:` for the inside of node 57. */
  readonly prefix: string;
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly links: ReadonlyMap<string, GraphLink>;
  /** Where it stands; undefined for the whole graph. */
  readonly outer: { readonly layer: Layer; readonly node: GraphNode } | undefined;
  readonly definition: Subgraph | undefined;
  /** The insides of its nodes that stand for subgraphs, by id. */
  readonly inner: Map<string, Layer>;
  /** All of it is muted. */
  readonly isMuted: boolean;
}

const mostNodes = 20_000;
const muted = 2;
const bypassed = 4;

/**
 * Every layer of a graph, the outermost first. What a bypassed node stands for is left out.
 * @throws DiopterError `comfyui/invalid` for subgraphs that hold themselves, or too much.
 */
export function layersOf(graph: Graph): readonly Layer[] {
  const definitions = new Map((graph.definitions?.subgraphs ?? []).map((one) => [one.id, one]));
  const layers = [layerOf(graph, undefined, undefined)];
  let count = 0;
  // A list hands out what is added while it is walked.
  for (const layer of layers) {
    count += layer.nodes.size;
    if (count > mostNodes) throw invalid(`It has more than ${mostNodes} nodes.`);
    for (const node of layer.nodes.values()) {
      const definition = definitions.get(node.type);
      if (definition === undefined || node.mode === bypassed) continue;
      refuseCircle(definition, layer);
      const inner = layerOf(definition, definition, { layer, node });
      layer.inner.set(node.id, inner);
      layers.push(inner);
    }
  }
  return layers;
}

/** Whether a node stands for a subgraph: it is none itself. */
export function isSubgraph(graph: Graph, { type }: GraphNode): boolean {
  return (graph.definitions?.subgraphs ?? []).some(({ id }) => id === type);
}

function layerOf(
  { nodes, links }: Pick<Graph, "nodes" | "links">,
  definition: Subgraph | undefined,
  outer: Layer["outer"],
): Layer {
  return {
    prefix: outer === undefined ? "" : `${outer.layer.prefix}${outer.node.id}:`,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    links: new Map((links ?? []).flatMap((link) => (link === null ? [] : [[link.id, link]]))),
    outer,
    definition,
    inner: new Map(),
    isMuted: outer !== undefined && (outer.layer.isMuted || outer.node.mode === muted),
  };
}

function refuseCircle(definition: Subgraph, layer: Layer): void {
  for (let around: Layer | undefined = layer; around; around = around.outer?.layer) {
    if (around.definition?.id === definition.id) {
      throw invalid(`The subgraph "${definition.name ?? definition.id}" holds itself.`);
    }
  }
}

function invalid(message: string): DiopterError {
  return new DiopterError("comfyui/invalid", {
    message,
    remedy: "Unpack its subgraphs in ComfyUI, or use Export (API).",
  });
}
