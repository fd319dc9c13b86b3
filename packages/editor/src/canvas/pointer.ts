import type { Point } from "@diopter/engine/editing";
import { dispatch, sealHistory, undo } from "../state/documents.js";
import {
  clearSelection,
  selectionStore,
  selectNodes,
  selectWire,
  toggleNode,
} from "../state/selection.js";
import { boxOf } from "./box.js";
import { dropNodes, type NodeDrag, startNodeDrag } from "./drag-nodes.js";
import { type Gesture, isCopyDrag } from "./gesture.js";
import { interactionStore } from "./interaction.js";
import { fingerSlop, LongPress } from "./long-press.js";
import { openAt } from "./open-at.js";
import { reachOf, wayBetween } from "./pointer-reach.js";
import {
  isBackground,
  isControl,
  isOverCanvas,
  nodeElementId,
  openMenu,
  swallowClick,
  takeAway,
} from "./pressed.js";
import { nodeAt, nodesIn, rerouteAt, wireAt } from "./scene-hits.js";
import { dropHeldWire } from "./view-commands.js";
import { toCanvas, viewportStore } from "./viewport.js";

const mouseSlop = 4;
/** Milliseconds and pixels within which two taps are a double tap. */
const doubleTap = { time: 400, distance: 36 } as const;

/**
 * What the pointer does on the canvas apart from wires and panning: choose, drag and duplicate
 * nodes, draw a box, choose wires and drag their points. One gesture at a time. A finger that rests
 * does what the right button does, or draws a box if it then moves.
 */
export class CanvasPointer {
  readonly #container: HTMLElement;
  readonly #longPress: LongPress;
  #gesture: Gesture | undefined;
  #panning: number | undefined;
  #lastTap: PointerEvent | undefined;
  #isTouch = false;

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#longPress = new LongPress(container, (target) => !isOverCanvas(target), this.#rest);
    container.addEventListener("pointerdown", this.#note, true);
    container.addEventListener("pointerdown", this.#down);
    container.addEventListener("dblclick", this.#doubleClick);
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#up);
    window.addEventListener("pointercancel", this.#cancel);
    window.addEventListener("keydown", this.#escape, true);
  }

  /** Whether a press here pans the canvas: the middle button does, and the empty canvas. */
  readonly canPan = (event: PointerEvent): boolean => {
    this.#panning = this.#mayPan(event) ? event.pointerId : undefined;
    return this.#panning !== undefined;
  };

  /** Whether the pointer that began to pan still does. */
  readonly isPanning = (event: PointerEvent): boolean => {
    const isIt = event.pointerId === this.#panning;
    if (isIt) interactionStore.setState({ hasPanned: true });
    return isIt;
  };

  #mayPan(event: PointerEvent): boolean {
    if (event.button === 1) return true;
    if (event.button !== 0 || addsTo(event) || !isBackground(event.target)) return false;
    const at = this.placeOf(event);
    return nodeAt(at) === undefined && rerouteAt(at, reachOf(event)) === undefined;
  }

  /** The place of the canvas under the pointer. */
  placeOf(event: MouseEvent): Point {
    const { left, top } = this.#container.getBoundingClientRect();
    return toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
  }

  destroy(): void {
    this.#longPress.destroy();
    this.#container.removeEventListener("pointerdown", this.#note, true);
    this.#container.removeEventListener("pointerdown", this.#down);
    this.#container.removeEventListener("dblclick", this.#doubleClick);
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#up);
    window.removeEventListener("pointercancel", this.#cancel);
    window.removeEventListener("keydown", this.#escape, true);
  }

  /** Takes back what the pointer is doing. */
  readonly #cancel = (): void => {
    this.#gesture = undefined;
    this.#panning = undefined;
    const { held } = interactionStore.getState();
    if (held !== undefined && !held.isTapped) dropHeldWire();
    interactionStore.setState({
      box: undefined,
      rested: undefined,
      moved: new Map(),
      marked: undefined,
    });
  };

  /** Escape takes back a drag that is under way, before anything else hears of it. */
  readonly #escape = (event: KeyboardEvent): void => {
    const gesture = this.#gesture;
    if (event.key !== "Escape" || gesture === undefined) return;
    if (gesture.kind === "press" || gesture.kind === "ground") return;
    event.preventDefault();
    event.stopPropagation();
    this.#cancel();
    if (gesture.kind === "box") selectNodes(gesture.before);
    if (gesture.kind === "reroute") sealHistory();
    const isInDocument = gesture.kind === "reroute" ? gesture.hasMoved : isCopyDrag(gesture);
    if (isInDocument) undo();
  };

  /** Hears of presses on sockets too, which go no further. */
  readonly #note = (event: PointerEvent): void => {
    this.#isTouch = event.pointerType === "touch";
    interactionStore.setState({ pointer: this.placeOf(event), hasPanned: false });
  };

  /** A finger rests: on the empty canvas it may yet draw a box, elsewhere it opens the menu. */
  readonly #rest = (event: PointerEvent): void => {
    this.#panning = undefined;
    if (this.#gesture?.kind === "ground") {
      const { at } = this.#gesture;
      this.#gesture = { kind: "rest", at, event };
      interactionStore.setState({ rested: at });
      return;
    }
    takeAway(event);
    openMenu(event);
  };

  readonly #down = (event: PointerEvent): void => {
    const at = this.placeOf(event);
    if (event.button !== 0 || isControl(event.target)) return;
    const node =
      nodeElementId(event.target) ?? (isBackground(event.target) ? nodeAt(at) : undefined);
    const adds = addsTo(event);
    if (node !== undefined) {
      this.#pressNode(node, at, adds, event.altKey);
    } else if (isBackground(event.target)) {
      this.#pressBackground(at, adds, event);
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

  #pressBackground(at: Point, adds: boolean, event: PointerEvent): void {
    const point = rerouteAt(at, reachOf(event));
    if (point !== undefined) {
      const { wire, index } = point;
      selectWire({ node: wire.to.node, input: wire.to.input, index: wire.index, point: index });
      this.#gesture = {
        kind: "reroute",
        key: wire.rerouteKey,
        index,
        points: wire.points,
        hasMoved: false,
      };
      return;
    }
    if (adds) {
      this.#gesture = { kind: "box", from: at, before: selectionStore.getState().nodes };
      return;
    }
    // No mouse is made up from the finger, whose press would take the focus from what a tap opens.
    if (this.#isTouch) event.preventDefault();
    interactionStore.setState({ focused: undefined });
    this.#container.focus({ preventScroll: true });
    this.#gesture = { kind: "ground", at, event };
  }

  #tapGround(at: Point, event: PointerEvent): void {
    const hit = wireAt(at, undefined, reachOf(event))?.wire;
    if (hit === undefined) clearSelection();
    else selectWire({ node: hit.to.node, input: hit.to.input, index: hit.index });
    if (!this.#isTouch) return;
    const before = this.#lastTap;
    const isSecond =
      before !== undefined &&
      event.timeStamp - before.timeStamp <= doubleTap.time &&
      wayBetween(before, event) <= doubleTap.distance;
    this.#lastTap = isSecond ? undefined : event;
    if (!isSecond) return;
    swallowClick();
    openAt(at, reachOf(event));
  }

  readonly #move = (event: PointerEvent): void => {
    const at = this.placeOf(event);
    const gesture = this.#gesture;
    const isHolding = interactionStore.getState().held !== undefined;
    if (gesture !== undefined || isHolding) interactionStore.setState({ pointer: at });
    if (gesture === undefined) return;
    if (gesture.kind === "press") this.#beginDrag(gesture, at);
    else if (gesture.kind === "ground") this.#leaveGround(gesture.event, event);
    else if (gesture.kind === "rest") this.#beginBox(gesture, event);
    else if (gesture.kind === "drag") gesture.drag.move(at, isFree(gesture.drag, event));
    else if (gesture.kind === "box") this.#stretchBox(gesture, at);
    else this.#moveReroute(gesture, at);
  };

  #beginDrag(gesture: Extract<Gesture, { kind: "press" }>, at: Point): void {
    const { k } = viewportStore.getState();
    const slop = this.#isTouch ? fingerSlop : mouseSlop;
    if (Math.hypot(at[0] - gesture.at[0], at[1] - gesture.at[1]) * k < slop) return;
    if (!selectionStore.getState().nodes.includes(gesture.node)) selectNodes([gesture.node]);
    const drag = startNodeDrag(gesture.node, gesture.at, gesture.copies);
    this.#gesture = { kind: "drag", drag };
    drag.move(at, false);
  }

  #leaveGround(from: PointerEvent, to: PointerEvent): void {
    const slop = this.#isTouch ? fingerSlop : mouseSlop;
    if (wayBetween(from, to) > slop) this.#gesture = undefined;
  }

  #beginBox({ at, event: from }: Extract<Gesture, { kind: "rest" }>, to: PointerEvent): void {
    if (wayBetween(from, to) <= fingerSlop) return;
    interactionStore.setState({ rested: undefined });
    this.#gesture = { kind: "box", from: at, before: [] };
  }

  #stretchBox({ from, before }: Extract<Gesture, { kind: "box" }>, to: Point): void {
    interactionStore.setState({ box: { from, to } });
    selectNodes([...before, ...nodesIn(boxOf(from, to))]);
  }

  #moveReroute(gesture: Extract<Gesture, { kind: "reroute" }>, at: Point): void {
    const { key, index, points } = gesture;
    const moved = points.map((point, place): [number, number] =>
      place === index ? [Math.round(at[0]), Math.round(at[1])] : [point[0], point[1]],
    );
    const command = { kind: "set-reroutes", wire: key, points: moved } as const;
    if (dispatch(command, { key: `reroute ${key}` })) gesture.hasMoved = true;
  }

  readonly #up = (): void => {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    this.#panning = undefined;
    if (gesture === undefined) return;
    if (gesture.kind === "ground") this.#tapGround(gesture.at, gesture.event);
    if (gesture.kind === "press" && gesture.wasSelected) {
      if (gesture.adds) toggleNode(gesture.node);
      else selectNodes([gesture.node]);
    }
    if (gesture.kind === "reroute") sealHistory();
    if (gesture.kind === "drag") dropNodes(gesture.drag);
    interactionStore.setState({ box: undefined, rested: undefined, marked: undefined });
    if (gesture.kind !== "rest") return;
    swallowClick();
    openMenu(gesture.event);
  };

  readonly #doubleClick = (event: MouseEvent): void => {
    if (this.#isTouch || !isBackground(event.target)) return;
    const at = this.placeOf(event);
    if (nodeAt(at) === undefined) openAt(at);
  };
}

const addsTo = ({ shiftKey, ctrlKey, metaKey }: PointerEvent): boolean =>
  shiftKey || ctrlKey || metaKey || interactionStore.getState().isChoosing;

/** Whether a drag leaves the grid: Alt does so too, where it does not already mean copies. */
const isFree = ({ isCopy }: NodeDrag, { altKey, ctrlKey }: PointerEvent): boolean =>
  ctrlKey || (altKey && !isCopy);
