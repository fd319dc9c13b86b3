import type { Frame, Point } from "@diopter/engine/editing";
import { dispatchInGroup, documentStore } from "../state/documents.js";
import { documentStrings } from "../strings/documents.js";
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
