import type { Point } from "@diopter/engine/editing";
import { dispatch, sealHistory } from "../state/documents.js";
import {
  clearSelection,
  selectionStore,
  selectNodes,
  selectWire,
  toggleNode,
} from "../state/selection.js";
import { dropNodes, type NodeDrag, startNodeDrag } from "./drag-nodes.js";
import { interactionStore } from "./interaction.js";
import { addReroute, removeReroute } from "./reroutes.js";
import { nodeAt, nodesIn, rerouteAt, wireAt } from "./scene-hits.js";
import { openSearch } from "./search/search-store.js";
import { toCanvas, viewportStore } from "./viewport.js";

type Gesture =
  | {
      readonly kind: "press";
      readonly node: string;
      readonly at: Point;
      readonly wasSelected: boolean;
      readonly copies: boolean;
      readonly adds: boolean;
    }
  | { readonly kind: "drag"; readonly drag: NodeDrag }
  | { readonly kind: "box"; readonly from: Point; readonly before: readonly string[] }
  | {
      readonly kind: "reroute";
      readonly key: string;
      readonly index: number;
      readonly points: readonly Point[];
    };

const slop = 4;

/**
 * What the pointer does on the canvas apart from wires and panning: choose, drag and duplicate
 * nodes, draw a box, choose wires and drag their points. One gesture at a time.
 */
export class CanvasPointer {
  readonly #container: HTMLElement;
  #gesture: Gesture | undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
    container.addEventListener("pointerdown", this.#down);
    container.addEventListener("dblclick", this.#doubleClick);
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#up);
    window.addEventListener("pointercancel", this.#cancel);
  }

  /** Whether a press here pans the canvas: the middle button does, and the empty canvas. */
  readonly canPan = (event: PointerEvent): boolean => {
    if (event.button === 1) return true;
    if (event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return false;
    if (!isBackground(event.target)) return false;
    const at = this.placeOf(event);
    return nodeAt(at) === undefined && rerouteAt(at) === undefined;
  };

  /** The place of the canvas under the pointer. */
  placeOf(event: MouseEvent): Point {
    const { left, top } = this.#container.getBoundingClientRect();
    return toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
  }

  destroy(): void {
    this.#container.removeEventListener("pointerdown", this.#down);
    this.#container.removeEventListener("dblclick", this.#doubleClick);
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#up);
    window.removeEventListener("pointercancel", this.#cancel);
  }

  /** Takes back what the pointer is doing. */
  readonly #cancel = (): void => {
    this.#gesture = undefined;
    interactionStore.setState({ box: undefined, moved: new Map(), marked: undefined });
  };

  readonly #down = (event: PointerEvent): void => {
    const at = this.placeOf(event);
    interactionStore.setState({ pointer: at });
    if (event.button !== 0 || isControl(event.target)) return;
    const node =
      nodeElementId(event.target) ?? (isBackground(event.target) ? nodeAt(at) : undefined);
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    if (node !== undefined) {
      this.#pressNode(node, at, adds, event.altKey);
    } else if (isBackground(event.target)) {
      this.#pressBackground(at, adds);
    }
  };

  #pressNode(node: string, at: Point, adds: boolean, copies: boolean): void {
    const wasSelected = selectionStore.getState().nodes.includes(node);
    if (!wasSelected) {
      if (adds) toggleNode(node);
      else selectNodes([node]);
    }
    interactionStore.setState({ focused: node });
    this.#gesture = { kind: "press", node, at, wasSelected, copies, adds };
  }

  #pressBackground(at: Point, adds: boolean): void {
    const point = rerouteAt(at);
    if (point !== undefined) {
      const { wire, index } = point;
      selectWire({ node: wire.to.node, input: wire.to.input, index: wire.index, point: index });
      this.#gesture = { kind: "reroute", key: wire.rerouteKey, index, points: wire.points };
      return;
    }
    if (adds) {
      this.#gesture = { kind: "box", from: at, before: selectionStore.getState().nodes };
      return;
    }
    const hit = wireAt(at)?.wire;
    if (hit === undefined) clearSelection();
    else selectWire({ node: hit.to.node, input: hit.to.input, index: hit.index });
    interactionStore.setState({ focused: undefined });
    this.#container.focus({ preventScroll: true });
  }

  readonly #move = (event: PointerEvent): void => {
    const at = this.placeOf(event);
    const gesture = this.#gesture;
    const isHolding = interactionStore.getState().held !== undefined;
    if (gesture !== undefined || isHolding) interactionStore.setState({ pointer: at });
    if (gesture === undefined) return;
    if (gesture.kind === "press") this.#beginDrag(gesture, at);
    else if (gesture.kind === "drag") gesture.drag.move(at, isFree(gesture.drag, event));
    else if (gesture.kind === "box") this.#stretchBox(gesture, at);
    else this.#moveReroute(gesture, at);
  };

  #beginDrag(gesture: Extract<Gesture, { kind: "press" }>, at: Point): void {
    const { k } = viewportStore.getState();
    if (Math.hypot(at[0] - gesture.at[0], at[1] - gesture.at[1]) * k < slop) return;
    if (!selectionStore.getState().nodes.includes(gesture.node)) selectNodes([gesture.node]);
    const drag = startNodeDrag(gesture.node, gesture.at, gesture.copies);
    this.#gesture = { kind: "drag", drag };
    drag.move(at, false);
  }

  #stretchBox({ from, before }: Extract<Gesture, { kind: "box" }>, to: Point): void {
    interactionStore.setState({ box: { from, to } });
    selectNodes([...before, ...nodesIn(boxOf(from, to))]);
  }

  #moveReroute({ key, index, points }: Extract<Gesture, { kind: "reroute" }>, at: Point): void {
    const moved = points.map((point, place): [number, number] =>
      place === index ? [Math.round(at[0]), Math.round(at[1])] : [point[0], point[1]],
    );
    dispatch({ kind: "set-reroutes", wire: key, points: moved }, { key: `reroute ${key}` });
  }

  readonly #up = (): void => {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    if (gesture === undefined) return;
    if (gesture.kind === "press" && gesture.wasSelected) {
      if (gesture.adds) toggleNode(gesture.node);
      else selectNodes([gesture.node]);
    }
    if (gesture.kind === "reroute") sealHistory();
    if (gesture.kind === "drag") dropNodes(gesture.drag);
    interactionStore.setState({ box: undefined, marked: undefined });
  };

  readonly #doubleClick = (event: MouseEvent): void => {
    if (!isBackground(event.target)) return;
    const at = this.placeOf(event);
    if (nodeAt(at) !== undefined) return;
    const point = rerouteAt(at);
    const hit = wireAt(at);
    if (point !== undefined) removeReroute(point.wire, point.index);
    else if (hit !== undefined) addReroute(hit.wire, { at, piece: hit.piece });
    else openSearch({ at });
  };
}

/** Whether a drag leaves the grid: Alt does so too, where it does not already mean copies. */
const isFree = ({ isCopy }: NodeDrag, { altKey, ctrlKey }: PointerEvent): boolean =>
  ctrlKey || (altKey && !isCopy);

/** The box between two corners. */
export function boxOf([ax, ay]: Point, [bx, by]: Point) {
  return {
    x: Math.min(ax, bx),
    y: Math.min(ay, by),
    width: Math.abs(ax - bx),
    height: Math.abs(ay - by),
  };
}

/** The node that an element belongs to. */
export function nodeElementId(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>("[data-node]")?.dataset.node;
}

function isBackground(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("[data-node],[data-frame],.over-canvas") === null
  );
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input,textarea,select,.socket,a,.over-canvas") !== null
  );
}
