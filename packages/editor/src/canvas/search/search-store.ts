import type { Point } from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";
import { releaseWire } from "../held-wire.js";
import type { SocketRef } from "../interaction.js";
import type { SceneWire } from "../scene.js";

/** What the menu of nodes was opened for. */
export interface SearchRequest {
  /** Where on the canvas the node goes. */
  readonly at: Point;
  /** Nobody pointed at that place: where another node lies there, the new one goes beside it. */
  readonly isAnywhere?: boolean;
  /** Only nodes that this socket can be wired to; the new node is wired to it. */
  readonly wire?: SocketRef;
  /** The new node goes into this wire. */
  readonly insert?: SceneWire;
  /** The chosen type takes the place of this node's. */
  readonly replace?: string;
}

/** Whether the menu of nodes is open, and what for. */
export const searchStore = createStore<{ readonly request: SearchRequest | undefined }>(() => ({
  request: undefined,
}));

/** Opens the menu of nodes. A wire that is held stays visible behind it. */
export function openSearch(request: SearchRequest): void {
  searchStore.setState({ request });
}

/** Closes the menu of nodes and lets go of the wire that it was opened for. */
export function closeSearch(): void {
  searchStore.setState({ request: undefined });
  releaseWire();
}
