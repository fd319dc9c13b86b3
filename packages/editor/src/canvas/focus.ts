import type { Point } from "@diopter/engine/editing";
import { clearSelection, selectionStore, selectNodes } from "../state/selection.js";
import { setChoosing } from "./choosing.js";
import { interactionStore, type SocketRef } from "./interaction.js";
import { nodeBounds } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";
import { dropHeldWire, middleOfView, reveal } from "./view-commands.js";

/** Which way an arrow key goes. */
export type Direction = "left" | "right" | "up" | "down";

/** The node with the focus, if it is still there. */
export function focusedNode(): string | undefined {
  const { focused } = interactionStore.getState();
  return focused !== undefined && sceneStore.getState().scene.nodes.has(focused)
    ? focused
    : undefined;
}

/** The socket with the focus. */
export function focusedSocket(): SocketRef | undefined {
  const { activeElement } = document;
  const element = activeElement?.closest<HTMLElement>("[data-socket]");
  const node = element?.closest<HTMLElement>("[data-node]")?.dataset.node;
  const [side, ...name] = element?.dataset.socket?.split(".") ?? [];
  if (node === undefined || (side !== "input" && side !== "output")) return undefined;
  return { node, side, name: name.join(".") };
}

/** Gives a node the focus, chooses it and brings it into view. */
export function focusNode(id: string): void {
  selectNodes([id]);
  interactionStore.setState({ focused: id });
  reveal(id);
  nodeElement(id)?.focus({ preventScroll: true });
}

/** Gives a socket the focus. */
export function focusSocket({ node, side, name }: SocketRef): void {
  const selector = `[data-socket="${CSS.escape(`${side}.${name}`)}"]`;
  nodeElement(node)?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}

const nodeElement = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);

/** Moves the focus: among the sockets of a node where one has it, otherwise among the nodes. */
export function moveFocus(direction: Direction): void {
  const socket = focusedSocket();
  if (socket !== undefined) {
    moveAmongSockets(socket, direction);
    return;
  }
  const next = nextNode(direction);
  if (next !== undefined) focusNode(next);
}

/** Moves the focus to the next or previous node in reading order: by columns, each downwards. */
export function stepThroughNodes(step: 1 | -1): void {
  const ids = [...sceneStore.getState().scene.nodes.keys()].sort((a, b) => {
    const [ax, ay] = middleOf(a);
    const [bx, by] = middleOf(b);
    return ax - bx || ay - by || a.localeCompare(b);
  });
  const from = focusedNode();
  const at = from === undefined ? (step === 1 ? -1 : 0) : ids.indexOf(from);
  const next = ids[(at + step + ids.length) % ids.length];
  if (next !== undefined) focusNode(next);
}

/** Moves the focus to the next node and keeps what was chosen. */
export function extendSelection(direction: Direction): void {
  const next = nextNode(direction);
  if (next === undefined) return;
  const { nodes } = selectionStore.getState();
  focusNode(next);
  selectNodes([...nodes, next]);
}

/** From a node to its first socket. */
export function enterNode(): void {
  const id = focusedNode();
  const ports = id === undefined ? undefined : sceneStore.getState().scene.nodes.get(id)?.ports;
  if (id === undefined || ports === undefined) return;
  const [output] = ports.outputs;
  const [input] = ports.inputs;
  const first = input ?? output;
  if (first === undefined) return;
  focusSocket({ node: id, side: input === undefined ? "output" : "input", name: first.name });
}

/** One step out: the wire in hand, the socket, choosing several, then the choice of nodes. */
export function leave(): void {
  const socket = focusedSocket();
  if (interactionStore.getState().held !== undefined) dropHeldWire();
  else if (socket !== undefined) nodeElement(socket.node)?.focus({ preventScroll: true });
  else if (interactionStore.getState().isChoosing) setChoosing(false);
  else clearSelection();
}

function moveAmongSockets(socket: SocketRef, direction: Direction): void {
  const ports = sceneStore.getState().scene.nodes.get(socket.node)?.ports;
  if (ports === undefined) return;
  const side = direction === "left" ? "input" : direction === "right" ? "output" : socket.side;
  const own = socket.side === "input" ? ports.inputs : ports.outputs;
  const list = side === "input" ? ports.inputs : ports.outputs;
  const index = own.findIndex(({ name }) => name === socket.name);
  const step = { up: -1, down: 1, left: 0, right: 0 }[direction];
  const target = list[Math.min(list.length - 1, Math.max(0, index + step))];
  if (target !== undefined) focusSocket({ node: socket.node, side, name: target.name });
}

const ways: Readonly<Record<Direction, Point>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The nearest node in a direction; the one nearest to the middle where none has the focus. */
function nextNode(direction: Direction): string | undefined {
  const from = focusedNode();
  const start = from === undefined ? undefined : middleOf(from);
  const [wayX, wayY] = ways[direction];
  const [x, y] = start ?? middleOfView();
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const id of sceneStore.getState().scene.nodes.keys()) {
    if (id === from) continue;
    const [otherX, otherY] = middleOf(id);
    const along = (otherX - x) * wayX + (otherY - y) * wayY;
    const across = Math.abs((otherX - x) * wayY) + Math.abs((otherY - y) * wayX);
    if (start !== undefined && along <= 0) continue;
    const cost = start === undefined ? Math.abs(along) + across : along + 2.5 * across;
    if (best === undefined || cost < best.cost) best = { id, cost };
  }
  return best?.id;
}

function middleOf(id: string): Point {
  const box = nodeBounds(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  return [box.x + box.width / 2, box.y + box.height / 2];
}
