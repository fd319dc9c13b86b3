/** Milliseconds after which a finger that rests is a long press. */
const restTime = 500;
/** A finger that trembles by so many pixels still rests. */
export const fingerSlop = 10;

/**
 * Tells of fingers that rest on an element. Browsers open the menu for them or do not, each after a
 * time of its own: theirs is kept away, so that it is the same everywhere.
 */
export class LongPress {
  readonly #element: HTMLElement;
  readonly #onPress: (event: PointerEvent) => void;
  #pressed: PointerEvent | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement, onPress: (event: PointerEvent) => void) {
    this.#element = element;
    this.#onPress = onPress;
    element.addEventListener("pointerdown", this.#down, true);
    element.addEventListener("contextmenu", this.#native, true);
    window.addEventListener("pointermove", this.#move, true);
    window.addEventListener("pointerup", this.#end, true);
    window.addEventListener("pointercancel", this.#end, true);
  }

  destroy(): void {
    this.#end();
    this.#element.removeEventListener("pointerdown", this.#down, true);
    this.#element.removeEventListener("contextmenu", this.#native, true);
    window.removeEventListener("pointermove", this.#move, true);
    window.removeEventListener("pointerup", this.#end, true);
    window.removeEventListener("pointercancel", this.#end, true);
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.pointerType !== "touch" || !event.isTrusted) return;
    clearTimeout(this.#timer);
    this.#pressed = event;
    this.#timer = setTimeout(() => this.#onPress(event), restTime);
  };

  readonly #move = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pressed?.pointerId) return;
    const { clientX, clientY } = this.#pressed;
    const isResting = Math.hypot(event.clientX - clientX, event.clientY - clientY) <= fingerSlop;
    if (!isResting) clearTimeout(this.#timer);
  };

  readonly #end = (): void => {
    clearTimeout(this.#timer);
    this.#pressed = undefined;
  };

  readonly #native = (event: MouseEvent): void => {
    const isByFinger =
      this.#pressed !== undefined ||
      (event instanceof PointerEvent && event.pointerType === "touch");
    if (!event.isTrusted || !isByFinger) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
