import type { Point } from "@diopter/engine/editing";
import { selectionStore } from "../state/selection.js";
import type { GraphView } from "./graph-view.js";
import { nodeBounds } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";
import { fitBounds, seenBounds, toCanvas, viewportStore, zoomLimits } from "./viewport.js";
import { boundsOf } from "./wire-path.js";

let view: GraphView | undefined;

/** The graph that is on the page; undefined while there is none. */
export function setCurrentView(current: GraphView | undefined): void {
  view = current;
}

/** Lets go of the wire that is in hand. */
export function dropHeldWire(): void {
  view?.dropWire();
}

/** Puts a place of the canvas into the middle. */
export function lookAt([x, y]: Point, k = viewportStore.getState().k): void {
  const { width, height } = viewportStore.getState();
  view?.look({ k, x: width / 2 - x * k, y: height / 2 - y * k });
}

/** The place of the canvas that is in the middle. */
export function middleOfView(): Point {
  const viewport = viewportStore.getState();
  return toCanvas(viewport, [viewport.width / 2, viewport.height / 2]);
}

/** Zooms by a factor around the middle. */
export function zoomBy(factor: number): void {
  const [least, most] = zoomLimits;
  const k = Math.min(most, Math.max(least, viewportStore.getState().k * factor));
  lookAt(middleOfView(), k);
}

/** Zooms to a scale around the middle. */
export function zoomTo(k: number): void {
  lookAt(middleOfView(), k);
}

/** Shows the chosen nodes, or all where none is chosen, as large as they fit. */
export function zoomToFit(ids: readonly string[] = selectionStore.getState().nodes): void {
  const all = ids.length === 0 ? [...sceneStore.getState().scene.nodes.keys()] : ids;
  const boxes = all.map(nodeBounds).filter((box) => box !== undefined);
  const viewport = viewportStore.getState();
  if (boxes.length === 0 || viewport.width === 0) return;
  view?.look(fitBounds(boundsOf(boxes), viewport));
}

/** Moves the view, if it must, until a node is wholly in it. */
export function reveal(id: string): void {
  const box = nodeBounds(id);
  if (box === undefined) return;
  const { k, x, y } = viewportStore.getState();
  const seen = seenBounds(viewportStore.getState(), -24);
  const right = Math.max(0, box.x + box.width - seen.x - seen.width);
  const down = Math.max(0, box.y + box.height - seen.y - seen.height);
  const left = Math.max(0, seen.x - box.x);
  const up = Math.max(0, seen.y - box.y);
  if (right + down + left + up === 0) return;
  view?.look({ k, x: x + (left - right) * k, y: y + (up - down) * k });
}
