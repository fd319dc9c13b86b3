import type { Point } from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";
import type { Bounds } from "./wire-path.js";

/** Where the canvas is looked at: a place of the canvas is shown at `place * k + [x, y]`. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly k: number;
  /** Size of the window onto the canvas in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The smallest and the largest zoom. */
export const zoomLimits = [0.04, 2.5] as const;

/** Below this zoom nodes are painted as plain boxes instead of being put on the page. */
export const overviewZoom = 0.3;

/** Where the canvas is looked at. Written by the view of the graph alone. */
export const viewportStore = createStore<Viewport>(() => ({
  x: 0,
  y: 0,
  k: 1,
  width: 0,
  height: 0,
}));

/** A place of the window, from the canvas's corner, as a place of the canvas. */
export function toCanvas({ x, y, k }: Viewport, [left, top]: Point): Point {
  return [(left - x) / k, (top - y) / k];
}

/** A place of the canvas as a place of the window. */
export function toWindow({ x, y, k }: Viewport, [left, top]: Point): Point {
  return [left * k + x, top * k + y];
}

/** The part of the canvas that is seen, with a margin in pixels of the window. */
export function seenBounds({ x, y, k, width, height }: Viewport, margin = 0): Bounds {
  return {
    x: (-x - margin) / k,
    y: (-y - margin) / k,
    width: (width + 2 * margin) / k,
    height: (height + 2 * margin) / k,
  };
}

/** The view that shows a box as large as it fits, at most at `most`. */
export function fitBounds(
  box: Bounds,
  size: Pick<Viewport, "width" | "height">,
  most = 1,
  margin = 48,
): Pick<Viewport, "x" | "y" | "k"> {
  const [least] = zoomLimits;
  const across = (size.width - 2 * margin) / Math.max(1, box.width);
  const down = (size.height - 2 * margin) / Math.max(1, box.height);
  const k = Math.min(most, Math.max(least, Math.min(across, down)));
  return {
    k,
    x: size.width / 2 - (box.x + box.width / 2) * k,
    y: size.height / 2 - (box.y + box.height / 2) * k,
  };
}
