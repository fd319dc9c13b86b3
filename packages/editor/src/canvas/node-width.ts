import { dispatch, documentStore } from "../state/documents.js";
import { selectionStore } from "../state/selection.js";
import { grid } from "./drag-nodes.js";
import { resizeFrame } from "./move-frame.js";
import { allowedWidth, measures } from "./node-shape.js";
import { sceneStore } from "./scene-store.js";

/** How much a key changes a width. */
const step = 2 * grid;

/** Gives a node a width, on the grid and within its limits. Calls in a row are one step of undo. */
export function setWidth(id: string, width: number): void {
  setWidths([[id, width]], `width ${id}`);
}

/** Makes what is chosen wider or narrower: nodes, or a frame, which may grow in height too. */
export function resizeSelection(across: -1 | 0 | 1, down: -1 | 0 | 1 = 0): void {
  const { nodes, frame: id } = selectionStore.getState();
  const frame = id === undefined ? undefined : documentStore.getState().document.view.frames[id];
  if (id !== undefined && frame !== undefined) {
    resizeFrame(id, [frame.width + across * step, frame.height + down * step]);
    return;
  }
  if (across === 0) return;
  const { scene } = sceneStore.getState();
  const widths = nodes.map((id): [string, number] => [
    id,
    (scene.nodes.get(id)?.shape.width ?? measures.width) + across * step,
  ]);
  setWidths(widths, `widths ${nodes.join(" ")}`);
}

/** Gives nodes their usual width again. */
export function resetWidth(ids: readonly string[]): void {
  dispatch({ kind: "set-sizes", sizes: Object.fromEntries(ids.map((id) => [id, null])) });
}

function setWidths(widths: readonly (readonly [id: string, width: number])[], key: string): void {
  const { nodes } = sceneStore.getState().scene;
  const sizes = widths.flatMap(([id, wanted]): [string, [number, number]][] => {
    const shape = nodes.get(id)?.shape;
    const width = allowedWidth(Math.round(wanted / grid) * grid);
    return shape === undefined || shape.width === width ? [] : [[id, [width, shape.height]]];
  });
  if (sizes.length > 0) dispatch({ kind: "set-sizes", sizes: Object.fromEntries(sizes) }, { key });
}
