import { dispatch } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { selectionStore } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { grid } from "./drag-nodes.js";
import { nudgeFrame } from "./move-frame.js";
import { nudgeReroute, selectedPoint } from "./reroutes.js";
import { nodeBounds } from "./scene-hits.js";
import { type Bounds, boundsOf } from "./wire-path.js";

/** An edge or middle line to which nodes are aligned. */
export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";

/** Where a box comes to lie when it is aligned within others. */
export function aligned(box: Bounds, all: Bounds, alignment: Alignment): Bounds {
  switch (alignment) {
    case "left":
      return { ...box, x: all.x };
    case "centre":
      return { ...box, x: all.x + (all.width - box.width) / 2 };
    case "right":
      return { ...box, x: all.x + all.width - box.width };
    case "top":
      return { ...box, y: all.y };
    case "middle":
      return { ...box, y: all.y + (all.height - box.height) / 2 };
    case "bottom":
      return { ...box, y: all.y + all.height - box.height };
  }
}

/** The same boxes with equal gaps between them, along one axis; the outermost two stay. */
export function distributed(boxes: readonly Bounds[], axis: "x" | "y"): readonly Bounds[] {
  const size = axis === "x" ? "width" : "height";
  const order = [...boxes].sort((a, b) => a[axis] - b[axis]);
  const [first] = order;
  const last = order.at(-1);
  if (first === undefined || last === undefined || order.length < 3) return boxes;
  const room = last[axis] + last[size] - first[axis];
  const used = order.reduce((sum, box) => sum + box[size], 0);
  const gap = (room - used) / (order.length - 1);
  const places = new Map<Bounds, number>();
  let place = first[axis];
  for (const box of order) {
    places.set(box, place);
    place += box[size] + gap;
  }
  return boxes.map((box) => ({ ...box, [axis]: places.get(box) ?? box[axis] }));
}

/** Aligns the chosen nodes. */
export function alignSelection(alignment: Alignment): void {
  const boxes = selectedBoxes();
  const all = boundsOf([...boxes.values()]);
  place(new Map([...boxes].map(([id, box]) => [id, aligned(box, all, alignment)])));
}

/** Gives the chosen nodes equal gaps. */
export function distributeSelection(axis: "x" | "y"): void {
  const boxes = selectedBoxes();
  const moved = distributed([...boxes.values()], axis);
  place(new Map([...boxes.keys()].map((id, index) => [id, moved[index] ?? nodeBox(id)])));
}

/** Moves what is chosen by steps of the grid: nodes, a frame with its nodes, or a wire's point. */
export function nudgeSelection(dx: number, dy: number): void {
  const { frame } = selectionStore.getState();
  if (selectedPoint() !== undefined) {
    nudgeReroute(dx * grid, dy * grid);
    return;
  }
  if (frame !== undefined) {
    nudgeFrame(frame, dx * grid, dy * grid);
    return;
  }
  const boxes = selectedBoxes();
  const moved = [...boxes].map(([id, box]): [string, Bounds] => [
    id,
    { ...box, x: box.x + dx * grid, y: box.y + dy * grid },
  ]);
  place(new Map(moved), `nudge ${[...boxes.keys()].join(" ")}`);
}

const nodeBox = (id: string): Bounds => nodeBounds(id) ?? { x: 0, y: 0, width: 0, height: 0 };

function selectedBoxes(): ReadonlyMap<string, Bounds> {
  const { nodes } = selectionStore.getState();
  if (nodes.length === 0) notify("info", canvasStrings.nothingSelected);
  return new Map(nodes.map((id) => [id, nodeBox(id)]));
}

function place(boxes: ReadonlyMap<string, Bounds>, key?: string): void {
  if (boxes.size === 0) return;
  dispatch({ kind: "move-nodes", positions: positionsOf(boxes) }, key === undefined ? {} : { key });
}

/** Places of boxes, on whole pixels, as the document holds them. */
export const positionsOf = (boxes: ReadonlyMap<string, Bounds>) =>
  Object.fromEntries(
    [...boxes].map(([id, { x, y }]): [string, [number, number]] => [
      id,
      [Math.round(x), Math.round(y)],
    ]),
  );
