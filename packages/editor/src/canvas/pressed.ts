/** The node that an element belongs to. */
export function nodeElementId(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>("[data-node]")?.dataset.node;
}

/** Whether a press there is on the canvas itself: on nothing, or on what is painted. */
export const isBackground = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-node],[data-frame],.over-canvas") === null;

/** Whether a press there is meant for an element of its own. */
export const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input,textarea,select,.socket,a,.over-canvas") !== null;

/** Whether it lies over the canvas, and is no part of the graph. */
export const isOverCanvas = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(".over-canvas,.menu") !== null;

/** Opens the menu of what is under the pointer, as the right button does. */
export function openMenu({ target, clientX, clientY }: PointerEvent): void {
  const menu = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY });
  target?.dispatchEvent(menu);
}

/** Whoever holds the pointer lets go of it, as if the system had taken it away. */
export function takeAway({ target, pointerId }: Pick<PointerEvent, "target" | "pointerId">): void {
  target?.dispatchEvent(new PointerEvent("pointercancel", { pointerId, bubbles: true }));
}

/** A finger's click comes after it is lifted, and would press what has just opened under it. */
export function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, true), clickTime);
}

/** Milliseconds within which the click of a finger comes. */
const clickTime = 350;
