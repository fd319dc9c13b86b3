import { dispatch } from "../state/documents.js";
import { selectionStore } from "../state/selection.js";
import { grid } from "./drag-nodes.js";
import { allowedWidth, measures } from "./node-shape.js";
import { sceneStore } from "./scene-store.js";

/** How much a key changes a width. */
const step = 2 * grid;

/** Gives a node a width, on the grid and within its limits. Calls in a row are one step of undo. */
export function setWidth(id: string, width: number): void {
  setWidths([[id, width]], `width ${id}`);
}

/** Makes the chosen nodes wider or narrower. */
export function widenSelection(direction: 1 | -1): void {
  const { nodes } = selectionStore.getState();
  const { scene } = sceneStore.getState();
  const widths = nodes.map((id): [string, number] => [
    id,
    (scene.nodes.get(id)?.shape.width ?? measures.width) + direction * step,
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
