import {
  type PortRegistry,
  viewOf,
  type WorkflowDocument,
  type WorkflowNode,
} from "@diopter/engine/editing";
import { inOrder, isWidget } from "./class-inputs.js";
import { unknownClass } from "./comfy-class.js";
import { comfyType, ownClass } from "./own-classes.js";
import type { OwnNotes } from "./schemas.js";
import { linksOf, namedOutputs, outputNames } from "./to-prompt.js";

/** A workflow as ComfyUI's editor reads it. */
export type SavedGraph = Readonly<Record<string, unknown>>;

type GraphLink = readonly [
  id: number,
  source: number,
  slot: number,
  target: number,
  input: number,
  type: string,
];

const usualSize = [240, 120];

/**
 * A document in the form in which ComfyUI's editor saves workflows, version 0.4. Nodes are numbered
 * as its editor wants it; their own ids, and what its form has no place for, stand in `properties`
 * and `extra`.
 */
export function toGraph(document: WorkflowDocument, registry: PortRegistry): SavedGraph {
  const ids = Object.keys(document.nodes);
  const numbers = new Map(ids.map((id, index) => [id, index + 1]));
  const outputs = outputNames(document, registry);
  const links: GraphLink[] = [];
  const view = viewOf(document);
  const nodes = Object.entries(document.nodes).map(([id, node], order) => {
    const number = order + 1;
    const inputs = Object.entries(linksOf(node, outputs)).map(([name, [source, slot]], place) => {
      const link = links.length + 1;
      const type = typeOf(document.nodes[source], outputs.get(source)?.[slot], registry);
      links.push([link, numbers.get(source) ?? 0, slot, number, place, type]);
      return { name, type, link };
    });
    return { id, node, order, inputs, position: view.positions[id] };
  });
  const placed = nodes.map(({ id, node, order, inputs, position }) => ({
    id: order + 1,
    type: unknownClass(node.type) ?? node.type,
    pos: [...(position ?? [order * 40, order * 40])],
    size: [...(view.sizes[id] ?? usualSize)],
    flags: Object.hasOwn(view.collapsed, id) ? { collapsed: true } : {},
    order,
    mode: node.mode === "muted" ? 2 : node.mode === "bypassed" ? 4 : 0,
    ...(node.title === undefined ? {} : { title: node.title }),
    inputs,
    outputs: (outputs.get(id) ?? []).map((name, slot) => ({
      name,
      type: typeOf(node, name, registry),
      slot_index: slot,
      links: links.filter(([, source, at]) => source === order + 1 && at === slot).map(([n]) => n),
    })),
    ...widgetsOf(id, node, outputs.get(id) ?? [], position !== undefined, registry),
  }));
  const { name, description } = document;
  return {
    last_node_id: ids.length,
    last_link_id: links.length,
    nodes: placed,
    links,
    groups: Object.entries(view.frames).map(([id, { title, colour, x, y, width, height }]) => ({
      title,
      bounding: [x, y, width, height],
      color: colour,
      diopter: id,
    })),
    config: {},
    extra: {
      diopter: {
        name,
        ...(description === undefined ? {} : { description }),
        ...(document.interface === undefined ? {} : { interface: document.interface }),
        view: { sizes: view.sizes, reroutes: view.reroutes },
      },
    },
    version: 0.4,
  };
}

function typeOf(
  node: WorkflowNode | undefined,
  output: string | undefined,
  registry: PortRegistry,
): string {
  const definition = Object.hasOwn(registry, node?.type ?? "")
    ? registry[node?.type ?? ""]
    : undefined;
  const port = definition?.outputs[output ?? ""];
  return port === undefined ? "*" : comfyType(port.socket);
}

function widgetsOf(
  id: string,
  node: WorkflowNode,
  outputs: readonly string[],
  isPlaced: boolean,
  registry: PortRegistry,
) {
  const definition = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  const given = Object.keys(node.params ?? {});
  const widgets =
    definition === undefined
      ? given
      : inOrder(ownClass(definition).inputs)
          .filter(isWidget)
          .map(({ name }) => name);
  // What the definition does not declare is kept behind the others.
  const all = [...widgets, ...given.filter((name) => !widgets.includes(name))];
  const own: OwnNotes = {
    id,
    ...(unknownClass(node.type) === undefined ? { version: node.version } : {}),
    ...namedOutputs(node, outputs, registry),
    widgets: all,
    given,
    ...(isPlaced ? {} : { unplaced: true }),
  };
  const values = all.map((name) => node.params?.[name] ?? definition?.params[name]?.default);
  const properties = { "Node name for S&R": unknownClass(node.type) ?? node.type, diopter: own };
  return { properties, widgets_values: values };
}
