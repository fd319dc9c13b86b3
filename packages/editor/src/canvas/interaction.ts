import type { Point } from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";

/** A socket of a node. */
export interface SocketRef {
  readonly node: string;
  readonly side: "input" | "output";
  readonly name: string;
}

/** A wire that the pointer, or the keyboard, holds by one end. */
export interface HeldWire {
  readonly from: SocketRef;
  /** The wire that was picked up at its input; it goes when the held one lands elsewhere. */
  readonly pickedUp:
    | { readonly node: string; readonly input: string; readonly index: number }
    | undefined;
  /** It was taken by a tap: no button or finger holds it, and a tap elsewhere lets go of it. */
  readonly isTapped: boolean;
  /** Sockets at which it may land, as `node.side.name`. */
  readonly targets: ReadonlySet<string>;
}

interface InteractionState {
  readonly held: HeldWire | undefined;
  /** Where the free end of the held wire is, on the canvas. */
  readonly pointer: Point;
  /** A box that is being drawn around nodes, in places of the canvas. */
  readonly box: { readonly from: Point; readonly to: Point } | undefined;
  /** Where a finger rests that a box can be drawn from, in places of the canvas. */
  readonly rested: Point | undefined;
  /** What is pressed is added to the choice, and a drag draws a box around nodes. */
  readonly isChoosing: boolean;
  /** The pointer that went down last has moved the view since. */
  readonly hasPanned: boolean;
  /** Where nodes stand while they are dragged; the document learns of it at the end. */
  readonly moved: ReadonlyMap<string, Point>;
  /** The wire into which the dragged node would be inserted, or over which the pointer rests. */
  readonly marked: string | undefined;
  /** Node that has the keyboard's focus, if any: kept on the page wherever the view is. */
  readonly focused: string | undefined;
}

/** What the pointer is doing on the canvas. */
export const interactionStore = createStore<InteractionState>(() => ({
  held: undefined,
  pointer: [0, 0],
  box: undefined,
  rested: undefined,
  isChoosing: false,
  hasPanned: false,
  moved: new Map(),
  marked: undefined,
  focused: undefined,
}));

/** A socket as a key of `targets`. */
export const socketKey = ({ node, side, name }: SocketRef): string => `${node}.${side}.${name}`;
