import type { Point } from "@diopter/engine/editing";
import { pinchView } from "./pinch.js";
import { isOverCanvas, takeAway } from "./pressed.js";
import { type Viewport, viewportStore } from "./viewport.js";

interface Finger {
  readonly target: EventTarget | null;
  readonly x: number;
  readonly y: number;
}

type Look = (view: Pick<Viewport, "x" | "y" | "k">) => void;

/**
 * Two fingers move and zoom the canvas, wherever they land: what was under them stays under them.
 * Until the last one is lifted, nothing else hears of them.
 */
export class CanvasFingers {
  readonly #container: HTMLElement;
  readonly #look: Look;
  readonly #fingers = new Map<number, Finger>();
  #isMoving = false;

  constructor(container: HTMLElement, look: Look) {
    this.#container = container;
    this.#look = look;
    container.addEventListener("pointerdown", this.#down, true);
    window.addEventListener("pointermove", this.#move, true);
    window.addEventListener("pointerup", this.#up, true);
    window.addEventListener("pointercancel", this.#up, true);
  }

  destroy(): void {
    this.#container.removeEventListener("pointerdown", this.#down, true);
    window.removeEventListener("pointermove", this.#move, true);
    window.removeEventListener("pointerup", this.#up, true);
    window.removeEventListener("pointercancel", this.#up, true);
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.pointerType !== "touch" || !event.isTrusted || isOverCanvas(event.target)) return;
    const { target, clientX: x, clientY: y } = event;
    if (this.#fingers.size > 0) {
      event.stopImmediatePropagation();
      if (!this.#isMoving) this.#begin();
    }
    this.#fingers.set(event.pointerId, { target, x, y });
  };

  /** The first finger lets go of what it holds. */
  #begin(): void {
    for (const [pointerId, { target }] of this.#fingers) takeAway({ target, pointerId });
    this.#isMoving = true;
  }

  readonly #move = (event: PointerEvent): void => {
    const finger = this.#fingers.get(event.pointerId);
    if (finger === undefined || !event.isTrusted) return;
    const now = { ...finger, x: event.clientX, y: event.clientY };
    this.#fingers.set(event.pointerId, now);
    if (!this.#isMoving) return;
    event.stopImmediatePropagation();
    this.#show(finger, now, [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1]);
  };

  #show(from: Finger, to: Finger, other: Finger | undefined): void {
    const view = viewportStore.getState();
    if (other === undefined) {
      const { x, y, k } = view;
      this.#look({ k, x: x + to.x - from.x, y: y + to.y - from.y });
      return;
    }
    const { left, top } = this.#container.getBoundingClientRect();
    const at = (finger: Finger): Point => [finger.x - left, finger.y - top];
    this.#look(pinchView(view, [at(from), at(other)], [at(to), at(other)]));
  }

  readonly #up = (event: PointerEvent): void => {
    if (!event.isTrusted || !this.#fingers.delete(event.pointerId) || !this.#isMoving) return;
    event.stopImmediatePropagation();
    if (this.#fingers.size === 0) this.#isMoving = false;
  };
}
