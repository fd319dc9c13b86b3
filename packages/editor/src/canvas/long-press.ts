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
  readonly #concerns: (target: EventTarget | null) => boolean;
  readonly #onPress: (event: PointerEvent) => void;
  /** Whether the last finger that went down was one of these: some browsers ask when it is lifted. */
  #isConcerned = false;
  #pressed: PointerEvent | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  /** `concerns` tells which elements it is about; the browser's own long press stays for others. */
  constructor(
    element: HTMLElement,
    concerns: (target: EventTarget | null) => boolean,
    onPress: (event: PointerEvent) => void,
  ) {
    this.#element = element;
    this.#concerns = concerns;
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
    this.#forget();
    this.#isConcerned = this.#concerns(event.target);
    if (!this.#isConcerned) return;
    this.#pressed = event;
    // A page that was busy hears of a finger that was lifted meanwhile before the next frame.
    this.#timer = setTimeout(() => {
      this.#frame = requestAnimationFrame(() => this.#onPress(event));
    }, restTime);
  };

  #forget(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  readonly #move = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pressed?.pointerId) return;
    const { clientX, clientY } = this.#pressed;
    const isResting = Math.hypot(event.clientX - clientX, event.clientY - clientY) <= fingerSlop;
    if (!isResting) this.#forget();
  };

  readonly #end = (): void => {
    this.#forget();
    this.#pressed = undefined;
  };

  readonly #native = (event: MouseEvent): void => {
    const isByFinger =
      this.#pressed !== undefined ||
      (event instanceof PointerEvent && event.pointerType === "touch");
    if (!event.isTrusted || !isByFinger || !this.#isConcerned) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
}
