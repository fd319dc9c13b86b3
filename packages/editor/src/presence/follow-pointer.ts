import type { Point } from "@diopter/engine/editing";
import { toCanvas, viewportStore } from "../canvas/viewport.js";
import { presenceStore } from "../state/presence.js";

const leastInterval = 50;

/** Keeps note of where on the canvas the pointer is, for the others to see. */
export function followPointer(): void {
  let isDue = false;
  let newest: Point | undefined;
  const tell = () => {
    isDue = false;
    presenceStore.setState({ pointer: newest });
  };
  const note = (pointer: Point | undefined) => {
    newest = pointer;
    // Alone, nobody looks.
    if (isDue || presenceStore.getState().clients.length < 2) return;
    isDue = true;
    setTimeout(tell, leastInterval);
  };
  window.addEventListener("pointermove", (event) => {
    const { target } = event;
    const canvas = target instanceof Element ? target.closest(".canvas") : null;
    if (canvas === null) {
      if (newest !== undefined) note(undefined);
      return;
    }
    const { left, top } = canvas.getBoundingClientRect();
    const [x, y] = toCanvas(viewportStore.getState(), [event.clientX - left, event.clientY - top]);
    note([Math.round(x), Math.round(y)]);
  });
  document.addEventListener("pointerleave", () => note(undefined));
}
