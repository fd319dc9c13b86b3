import {
  type EditCommand,
  freeId,
  type NodeDescriptor,
  type Point,
  splitNodeType,
} from "@diopter/engine/editing";
import { dispatch, dispatchAll, documentStore } from "../../state/documents.js";
import { announce } from "../../state/notices.js";
import { selectNodes } from "../../state/selection.js";
import { searchStrings } from "../../strings/search.js";
import { wireBetween } from "../held-wire.js";
import { interactionStore, type SocketRef } from "../interaction.js";
import { measures, shownRows } from "../node-shape.js";
import { nodeBounds, nodesIn } from "../scene-hits.js";
import { sceneStore } from "../scene-store.js";
import { portForWire, portsForInsertion } from "./choices.js";
import type { Offer } from "./offers.js";
import type { SearchRequest } from "./search-store.js";

/** Does what the menu of nodes was opened for with the chosen type. */
export function applyChoice(descriptor: Offer, request: SearchRequest): void {
  const { replace } = request;
  if (replace !== undefined) {
    dispatch({ kind: "replace-node", id: replace, type: descriptor.type });
    return;
  }
  const id = newId(descriptor.type);
  const commands = [addCommand(id, descriptor, request), ...wiring(id, descriptor, request)];
  const label = searchStrings.add(descriptor.title);
  const isDone =
    commands.length === 1 && commands[0] !== undefined
      ? dispatch(commands[0], { label })
      : dispatchAll(commands, label);
  if (!isDone) return;
  selectNodes([id]);
  interactionStore.setState({ focused: id });
  announce(searchStrings.added(descriptor.title, id));
}

/** A free id that says what the node is: the last part of its type. */
export function newId(type: string): string {
  const { nodes } = documentStore.getState().document;
  const { name } = splitNodeType(type);
  return freeId((wanted) => Object.hasOwn(nodes, wanted), name.replaceAll(".", "-"));
}

function addCommand(
  id: string,
  descriptor: Offer,
  { at, wire, isAnywhere = false }: SearchRequest,
): EditCommand {
  const { type, version, preset } = descriptor;
  // A node at the end of a wire lies with the wire's end at its side.
  const [dx, dy] = shiftFor(wire);
  const wanted: Point = [Math.round(at[0] + dx), Math.round(at[1] + dy)];
  const [x, y] = isAnywhere ? freePlace(wanted, descriptor) : wanted;
  const position: [number, number] = [x, y];
  return {
    kind: "add-nodes",
    nodes: { [id]: { type, version, ...(preset === undefined ? {} : { params: { ...preset } }) } },
    positions: { [id]: position },
  };
}

const gap = 24;
const mostTries = 60;

/** The place itself, or the next one to the right or further down where no node lies. */
function freePlace([x, y]: Point, { inputs, outputs, params }: NodeDescriptor): Point {
  const height =
    measures.header +
    Math.max(Object.keys(inputs).length, Object.keys(outputs).length) * measures.row +
    shownRows(Object.keys(params).length) * measures.parameter;
  let place: Point = [x, y];
  for (let tries = 0; tries < mostTries; tries++) {
    const [left, top] = place;
    const [hit] = nodesIn({ x: left, y: top, width: measures.width, height });
    const box = hit === undefined ? undefined : nodeBounds(hit);
    if (box === undefined) return place;
    const isEndOfRow = tries % 4 === 3;
    place = isEndOfRow ? [x, box.y + box.height + gap] : [box.x + box.width + gap * 2, top];
  }
  return place;
}

function shiftFor(wire: SocketRef | undefined): Point {
  if (wire === undefined) return [-measures.width / 2, -measures.header / 2];
  return wire.side === "output" ? [8, -52] : [-measures.width - 8, -52];
}

function wiring(
  id: string,
  descriptor: NodeDescriptor,
  { wire, insert }: SearchRequest,
): readonly EditCommand[] {
  if (insert !== undefined) {
    const ports = portsForInsertion(descriptor, insert);
    if (ports === undefined) return [];
    return [
      { kind: "insert-on-wire", node: id, ...ports, wire: { from: insert.from, to: insert.to } },
    ];
  }
  if (wire === undefined) return [];
  const name = portForWire(descriptor, wire, { socket: socketOf(wire) });
  if (name === undefined) return [];
  const side = wire.side === "output" ? "input" : "output";
  const wanted = wireBetween(wire, { node: id, side, name });
  return wanted === undefined ? [] : [{ kind: "connect", ...wanted, replace: true }];
}

/** The type of a socket on the canvas. */
export function socketOf({ node, side, name }: SocketRef) {
  const ports = sceneStore.getState().scene.nodes.get(node)?.ports;
  const list = side === "input" ? ports?.inputs : ports?.outputs;
  return list?.find((port) => port.name === name)?.socket;
}
