import type { Point } from "@diopter/engine/editing";
import { interactionStore, type SocketRef, socketKey } from "./interaction.js";
import { fingerSlop } from "./long-press.js";
import { socketPlace } from "./scene.js";
import { nodeAt } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";
import { toCanvas, viewportStore } from "./viewport.js";

/** Pixels around a socket that are its own: a finger is no finer. Less of them lie on the node. */
const reach = { outside: 24, inside: 14, held: 30 } as const;

/**
 * Leads fingers to the socket that they mean: the nearest one within their reach, however small
 * sockets are at this zoom. Rete then hears of a press in the socket's middle.
 */
export class SocketMagnet {
  readonly #container: HTMLElement;
  /** What the finger pressed, and where. */
  #pressed: { readonly socket: SocketRef; readonly x: number; readonly y: number } | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
    container.addEventListener("pointerdown", this.#down, true);
    window.addEventListener("pointerup", this.#up, true);
  }

  destroy(): void {
    this.#container.removeEventListener("pointerdown", this.#down, true);
    window.removeEventListener("pointerup", this.#up, true);
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.pointerType !== "touch" || !event.isTrusted) return;
    const socket = this.#meant(event);
    this.#pressed =
      socket === undefined ? undefined : { socket, x: event.clientX, y: event.clientY };
    if (socket !== undefined) lead(event, socket);
  };

  readonly #up = (event: PointerEvent): void => {
    if (event.pointerType !== "touch" || !event.isTrusted) return;
    const { held } = interactionStore.getState();
    const pressed = this.#pressed;
    this.#pressed = undefined;
    if (held === undefined || held.isTapped || pressed === undefined) return;
    const way = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    const socket = way <= fingerSlop ? pressed.socket : this.#meant(event);
    if (socket !== undefined) lead(event, socket);
  };

  #meant(event: PointerEvent): SocketRef | undefined {
    const { left, top } = this.#container.getBoundingClientRect();
    const viewport = viewportStore.getState();
    const at = toCanvas(viewport, [event.clientX - left, event.clientY - top]);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    if (under === null || !this.#container.contains(under) || under.closest(".over-canvas")) {
      return undefined;
    }
    return socketFor(at, viewport.k, under.closest("[data-socket]") !== null);
  }
}

/** Says again what the finger did, in the middle of a socket. */
function lead(event: PointerEvent, socket: SocketRef): void {
  const dot = dotOf(socket);
  if (dot === null) return;
  const { left, top, width, height } = dot.getBoundingClientRect();
  event.stopPropagation();
  event.preventDefault();
  dot.dispatchEvent(
    new PointerEvent(event.type, {
      bubbles: true,
      cancelable: true,
      pointerId: event.pointerId,
      pointerType: event.pointerType,
      isPrimary: event.isPrimary,
      clientX: left + width / 2,
      clientY: top + height / 2,
    }),
  );
}

/**
 * The socket that a finger at a place of the canvas means: one that takes the wire in hand, before
 * others. Within a node only its own count; `isOnName` says that the finger is on a socket's name.
 */
export function socketFor(at: Point, k: number, isOnName: boolean): SocketRef | undefined {
  const { held } = interactionStore.getState();
  const node = nodeAt(at);
  const wanted =
    held === undefined
      ? undefined
      : nearest(at, (socket, inwards, distance) => {
          const isWithin = distance * k <= reach.held || (isOnName && socket.node === node);
          return isWithin && inwards * k <= 2 * reach.held && held.targets.has(socketKey(socket));
        });
  if (wanted !== undefined) return wanted;
  return nearest(at, (socket, inwards, distance) => {
    if (node !== undefined && socket.node !== node) return false;
    const isNamed = isOnName && isOnHalf(at, socket);
    return isNamed || (distance * k <= reach.outside && inwards * k <= reach.inside);
  });
}

type Accepts = (socket: SocketRef, inwards: number, distance: number) => boolean;

/** The nearest socket that is accepted; `inwards` is how far the place lies on the socket's node. */
function nearest([x, y]: Point, accepts: Accepts): SocketRef | undefined {
  let best: { readonly socket: SocketRef; readonly distance: number } | undefined;
  for (const { socket, place } of allSockets()) {
    const distance = Math.hypot(x - place[0], y - place[1]);
    const inwards = socket.side === "input" ? x - place[0] : place[0] - x;
    const isNearer = best === undefined || distance < best.distance;
    if (isNearer && accepts(socket, inwards, distance)) best = { socket, distance };
  }
  return best?.socket;
}

function* allSockets(): Generator<{ readonly socket: SocketRef; readonly place: Point }> {
  const { scene } = sceneStore.getState();
  for (const [node, { ports }] of scene.nodes) {
    for (const side of ["input", "output"] as const) {
      for (const { name } of ports[`${side}s`]) {
        const place = socketPlace(scene, node, `${side}s`, name);
        if (place !== undefined) yield { socket: { node, side, name }, place };
      }
    }
  }
}

/** Whether a place lies on the half of the node where the socket is. */
function isOnHalf([x]: Point, { node, side }: SocketRef): boolean {
  const { scene } = sceneStore.getState();
  const middle =
    (scene.positions.get(node)?.[0] ?? 0) + (scene.nodes.get(node)?.shape.width ?? 0) / 2;
  return side === "input" ? x < middle : x >= middle;
}

function dotOf({ node, side, name }: SocketRef): Element | null {
  return document.querySelector(
    `[data-node="${CSS.escape(node)}"] [data-socket="${CSS.escape(`${side}.${name}`)}"] .dot`,
  );
}
