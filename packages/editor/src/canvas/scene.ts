import {
  callType,
  type FilledDocument,
  type FilledNode,
  inputType,
  type NodeDescriptor,
  outputType,
  type Parameter,
  type Parameters,
  type ParameterValue,
  type Point,
  type SocketType,
  type WorkflowDocument,
  wireKey,
  wiresOf,
} from "@diopter/engine/editing";
import { parameterTitle } from "../controls/parameter-title.js";
import { parametersOf } from "../inspector/parameters-of.js";
import { searchStrings } from "../strings/search.js";
import { leavingOutputs, type PortSources, type ShownPorts, shownPorts } from "./node-ports.js";
import { allowedWidth, measures, type NodeShape, nodeShape } from "./node-shape.js";
import { placeUnplaced } from "./unplaced-nodes.js";
import { type WireFault, wireFault } from "./wire-faults.js";

/** A node as the canvas shows it, apart from where it stands. Stays the same object while it can. */
export interface SceneNode {
  readonly id: string;
  readonly node: FilledNode;
  /** Undefined where the type is not known, or is a workflow used as a node. */
  readonly descriptor: NodeDescriptor | undefined;
  readonly title: string;
  readonly ports: ShownPorts;
  readonly shape: NodeShape;
  readonly isCollapsed: boolean;
  readonly hasPicture: boolean;
  /** All parameters, defaults included. */
  readonly parameters: readonly SceneParameter[];
  /** The workflow that it calls, where it calls one that is known. */
  readonly called: WorkflowDocument | undefined;
}

/** A parameter as a node shows it. */
export interface SceneParameter {
  readonly name: string;
  readonly title: string;
  readonly value: ParameterValue;
  readonly unit: string;
  readonly isDefault: boolean;
}

/** A wire as the canvas shows it. */
export interface SceneWire {
  /** `node.input.index`: no two wires have the same. */
  readonly key: string;
  readonly from: { readonly node: string; readonly output: string };
  readonly to: { readonly node: string; readonly input: string };
  /** Its place among the wires of its input. */
  readonly index: number;
  readonly socket: SocketType | undefined;
  /** Where its reroute points stand in the document's view. */
  readonly rerouteKey: string;
  readonly points: readonly Point[];
  /** Why it does not fit the ports that its ends have now. */
  readonly fault: WireFault | undefined;
}

/** All that the canvas shows. */
export interface Scene {
  readonly nodes: ReadonlyMap<string, SceneNode>;
  readonly positions: ReadonlyMap<string, Point>;
  readonly wires: readonly SceneWire[];
  /** Wires that do not fit, by the node at which that is shown. */
  readonly broken: ReadonlyMap<string, readonly SceneWire[]>;
}

/** A canvas with nothing on it. */
export const emptyScene: Scene = {
  nodes: new Map(),
  positions: new Map(),
  wires: [],
  broken: new Map(),
};

/** What a scene is made of. */
export interface SceneSources extends Omit<PortSources, "document" | "leaving"> {
  readonly document: FilledDocument;
  /** Nodes that have a picture to show. */
  readonly pictured: ReadonlySet<string>;
}

/** The scene of a document; nodes that did not change are taken over from the scene before. */
export function buildScene(sources: SceneSources, before: Scene): Scene {
  const { document, registry, called } = sources;
  const leaving = leavingOutputs(document);
  const nodes = new Map<string, SceneNode>();
  const positions = new Map<string, Point>();
  for (const [id, node] of Object.entries(document.nodes)) {
    const ports = shownPorts(id, node, { document, registry, called, leaving });
    nodes.set(id, sceneNode(id, node, ports, sources, before.nodes.get(id)));
    const position = document.view.positions[id];
    if (position !== undefined) positions.set(id, position);
  }
  if (positions.size < nodes.size) placeOthers(document, nodes, positions, before);
  const wires = wiresIn(document, nodes);
  return { nodes, positions, wires, broken: brokenIn(wires) };
}

function placeOthers(
  document: FilledDocument,
  nodes: ReadonlyMap<string, SceneNode>,
  positions: Map<string, Point>,
  before: Scene,
): void {
  // Those that nobody moved stay where they were while somebody moves another.
  const isContinued = [...nodes].some(([id, { node }]) => before.nodes.get(id)?.node === node);
  for (const id of isContinued ? nodes.keys() : []) {
    const place = positions.get(id) ?? before.positions.get(id);
    if (place !== undefined) positions.set(id, place);
  }
  const sizeOf = (id: string) => nodes.get(id)?.shape ?? { width: measures.width, height: 100 };
  const placed = [...positions].map(([id, [x, y]]) => ({ ...sizeOf(id), x, y }));
  const others = [...nodes.keys()].filter((id) => !positions.has(id));
  for (const [id, place] of placeUnplaced(document, others, sizeOf, placed)) {
    positions.set(id, place);
  }
}

function brokenIn(wires: readonly SceneWire[]): ReadonlyMap<string, readonly SceneWire[]> {
  const broken = new Map<string, SceneWire[]>();
  for (const wire of wires) {
    if (wire.fault === undefined) continue;
    broken.set(wire.fault.node, [...(broken.get(wire.fault.node) ?? []), wire]);
  }
  return broken;
}

function sceneNode(
  id: string,
  node: FilledNode,
  ports: ShownPorts,
  { document, registry, pictured, called: workflows }: SceneSources,
  before: SceneNode | undefined,
): SceneNode {
  const descriptor = Object.hasOwn(registry, node.type) ? registry[node.type] : undefined;
  const called = node.type === callType ? workflows.get(String(node.params.path ?? "")) : undefined;
  const isCollapsed = document.view.collapsed[id] === true;
  const hasPicture = pictured.has(id);
  const width = document.view.sizes[id]?.[0];
  const isSame =
    before !== undefined &&
    before.node === node &&
    before.descriptor === descriptor &&
    before.called === called &&
    before.isCollapsed === isCollapsed &&
    before.hasPicture === hasPicture &&
    before.shape.width === allowedWidth(width ?? measures.width) &&
    haveSameNames(before.ports, ports);
  if (isSame) return before;
  const parameters = parametersIn(node, parametersOf(node, descriptor, { registry, called }));
  return {
    id,
    node,
    descriptor,
    title: nodeTitle(node, descriptor),
    ports,
    shape: nodeShape(ports, { parameters: parameters.length, isCollapsed, hasPicture, width }),
    isCollapsed,
    hasPicture,
    parameters,
    called,
  };
}

function parametersIn(node: FilledNode, declared: Parameters): readonly SceneParameter[] {
  return Object.entries(declared).map(([name, parameter]: [string, Parameter]) => {
    const value = node.params[name] ?? parameter.default;
    return {
      name,
      title: parameterTitle(name, parameter),
      value,
      unit: "unit" in parameter ? (parameter.unit ?? "") : "",
      isDefault: value === parameter.default,
    };
  });
}

/** What a node is called: its own title, or that of its type; after its file where it is a call. */
export function nodeTitle(node: FilledNode, descriptor: NodeDescriptor | undefined): string {
  return node.title ?? typeTitle(node, descriptor);
}

/** What a node is called that has no title of its own. */
export function typeTitle(
  { type, params }: FilledNode,
  descriptor: NodeDescriptor | undefined,
): string {
  if (descriptor !== undefined) return descriptor.title;
  if (type === inputType) return searchStrings.workflowInput;
  if (type === outputType) return searchStrings.workflowOutput;
  if (type !== callType || typeof params.path !== "string") return type;
  return (
    params.path
      .split("/")
      .at(-1)
      ?.replace(/\.json$/, "") || type
  );
}

function haveSameNames(a: ShownPorts, b: ShownPorts): boolean {
  const text = (ports: ShownPorts) =>
    [...ports.inputs, ...ports.outputs]
      .map(({ name, socket, isOptional, isGone }) => [name, socket, isOptional, isGone].join(":"))
      .join();
  return a.inputs.length === b.inputs.length && text(a) === text(b);
}

function wiresIn(
  document: FilledDocument,
  nodes: ReadonlyMap<string, SceneNode>,
): readonly SceneWire[] {
  const wires: SceneWire[] = [];
  for (const [id, node] of Object.entries(document.nodes)) {
    for (const [input, wired] of Object.entries(node.inputs)) {
      const isList =
        nodes.get(id)?.ports.inputs.find(({ name }) => name === input)?.isList === true;
      for (const [index, [source, output]] of wiresOf(wired).entries()) {
        const from = { node: source, output };
        const to = { node: id, input };
        const rerouteKey = wireKey(from, to, isList);
        const [start, end] = [nodes.get(source)?.ports, nodes.get(id)?.ports];
        wires.push({
          key: `${id}.${input}.${index}`,
          from,
          to,
          index,
          socket: start?.outputs.find(({ name }) => name === output)?.socket,
          rerouteKey,
          points: document.view.reroutes[rerouteKey] ?? [],
          fault: wireFault({ from, to, source: start, target: end }),
        });
      }
    }
  }
  return wires;
}

/** Where a socket's middle lies on the canvas; the node's edge where the port is not shown. */
export function socketPlace(
  scene: Scene,
  node: string,
  side: "inputs" | "outputs",
  name: string,
  positions: ReadonlyMap<string, Point> = scene.positions,
): Point | undefined {
  const shown = scene.nodes.get(node);
  const position = positions.get(node) ?? scene.positions.get(node);
  if (shown === undefined || position === undefined) return undefined;
  const index = shown.ports[side].findIndex((port) => port.name === name);
  const y = shown.shape[side][index] ?? shown.shape.height / 2;
  return [position[0] + (side === "outputs" ? shown.shape.width : 0), position[1] + y];
}
