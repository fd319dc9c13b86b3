import type { Frame, Point } from "@diopter/engine/editing";
import { dispatch, dispatchInGroup, documentStore } from "../state/documents.js";
import { documentStrings } from "../strings/documents.js";
import { grid } from "./drag-nodes.js";
import { frameColours } from "./frame-colours.js";
import { nodeBounds } from "./scene-hits.js";
import { sceneStore } from "./scene-store.js";

/** The nodes that lie wholly within a frame: they move with it. */
export function nodesInFrame(frame: Frame): readonly string[] {
  return [...sceneStore.getState().scene.nodes.keys()].filter((id) => {
    const box = nodeBounds(id);
    if (box === undefined) return false;
    const isInside = box.x >= frame.x && box.y >= frame.y;
    const right = box.x + box.width <= frame.x + frame.width;
    return isInside && right && box.y + box.height <= frame.y + frame.height;
  });
}

/** Moves a frame by a way, and its nodes with it. */
export function nudgeFrame(id: string, dx: number, dy: number): void {
  const frame = documentStore.getState().document.view.frames[id];
  if (frame !== undefined) moveFrame(id, [frame.x + dx, frame.y + dy], nodesInFrame(frame));
}

/** The smallest side of a frame. */
export const smallestFrame = 120;

/** Gives a frame a size, on the grid. Calls in a row are one step of undo. */
export function resizeFrame(id: string, [width, height]: Point): void {
  const frame = documentStore.getState().document.view.frames[id];
  const snap = (side: number) => Math.max(smallestFrame, Math.round(side / grid) * grid);
  const changes = { width: snap(width), height: snap(height) };
  if (frame === undefined) return;
  if (frame.width === changes.width && frame.height === changes.height) return;
  dispatch({ kind: "update-frame", id, changes }, { key: `size ${id}` });
}

/** Gives a frame the next of the colours that there are. */
export function recolourFrame(id: string): void {
  const colours = Object.keys(frameColours);
  const now = documentStore.getState().document.view.frames[id]?.colour ?? "";
  const colour = colours[(colours.indexOf(now) + 1) % colours.length];
  if (colour !== undefined) dispatch({ kind: "update-frame", id, changes: { colour } });
}

/** Puts a frame elsewhere, and these nodes with it. Calls in a row are one step of undo. */
export function moveFrame(id: string, [x, y]: Point, nodes: readonly string[]): void {
  const frame = documentStore.getState().document.view.frames[id];
  if (frame === undefined || (frame.x === x && frame.y === y)) return;
  const { positions } = sceneStore.getState().scene;
  const [dx, dy] = [x - frame.x, y - frame.y];
  const moved = nodes.map((node): [string, [number, number]] => {
    const [left, top] = positions.get(node) ?? [0, 0];
    return [node, [left + dx, top + dy]];
  });
  dispatchInGroup(
    [
      { kind: "update-frame", id, changes: { x, y } },
      { kind: "move-nodes", positions: Object.fromEntries(moved) },
    ],
    documentStrings.updateFrame,
    `frame ${id}`,
  );
}
