import type { Flow, PickParams, SocketData } from "rete-connection-plugin";
import { dispatch } from "../state/documents.js";
import { holdWire, keepWire, landWire, releaseWire, takeAway } from "./held-wire.js";
import { type HeldWire, interactionStore, type SocketRef, socketKey } from "./interaction.js";
import { nodeAt } from "./scene-hits.js";
import type { GraphSchemes } from "./schemes.js";
import { openSearch } from "./search/search-store.js";

/**
 * What the pointer does with a wire: press on a socket and drag, or tap a socket and then another.
 * Nothing changes in the document before the wire lands, so that a refusal needs no repair.
 */
export class WireFlow implements Flow<GraphSchemes, unknown[]> {
  #picked: SocketData | undefined;

  pick({ socket, event }: PickParams): Promise<void> {
    const { held, pointer } = interactionStore.getState();
    const reached: SocketRef = { node: socket.nodeId, side: socket.side, name: socket.key };
    if (held === undefined) {
      if (event === "down") {
        holdWire(reached, pointer);
        this.#picked = socket;
      }
    } else if (event === "up" && socket.element === this.#picked?.element) {
      keepWire(held);
    } else if (event === "down" || !held.isTapped) {
      this.#picked = undefined;
      landWire(held, reached);
    }
    return Promise.resolve();
  }

  getPickedSocket(): SocketData | undefined {
    return this.#picked;
  }

  drop(): void {
    const { held, pointer, hasPanned } = interactionStore.getState();
    // The view is moved to where the wire shall go.
    if (held?.isTapped && hasPanned) return;
    this.#picked = undefined;
    if (held === undefined) return;
    const target = socketOnNode(held, nodeAt(pointer));
    if (target !== undefined) {
      landWire(held, target);
    } else if (held.isTapped) {
      releaseWire();
    } else if (held.pickedUp !== undefined) {
      releaseWire();
      dispatch(takeAway(held));
    } else {
      openSearch({ at: pointer, wire: held.from });
    }
  }
}

/** A wire that is dropped on a node's body goes to its first socket that takes it. */
function socketOnNode(held: HeldWire, node: string | undefined): SocketRef | undefined {
  if (node === undefined || node === held.from.node) return undefined;
  for (const key of held.targets) {
    const side = held.from.side === "output" ? "input" : "output";
    const prefix = `${node}.${side}.`;
    if (key.startsWith(prefix)) {
      const socket: SocketRef = { node, side, name: key.slice(prefix.length) };
      if (socketKey(socket) === key) return socket;
    }
  }
  return undefined;
}
