import { dispatch } from "../state/documents.js";
import { announce, dismissNotice, notify } from "../state/notices.js";
import { selectionStore } from "../state/selection.js";
import { canvasStrings } from "../strings/canvas.js";
import { partStrings } from "../strings/parts.js";
import { positionsOf } from "./arrange.js";
import type { Layout } from "./auto-layout.js";
import { sceneStore } from "./scene-store.js";
import { type PendingLayout, startLayout } from "./start-layout.js";
import { zoomToFit } from "./view-commands.js";

let pending: PendingLayout | undefined;

/** Lays the chosen nodes out in columns from left to right, or all where fewer than two are chosen. */
export async function arrangeNodes(): Promise<void> {
  const { scene } = sceneStore.getState();
  const { nodes } = selectionStore.getState();
  const ids = nodes.length > 1 ? nodes : [...scene.nodes.keys()];
  if (ids.length === 0) return;
  pending?.cancel();
  const mine = startLayout(scene, ids);
  pending = mine;
  const closeNotice = noticeAfter(canvasStrings.arranging(ids.length), mine.cancel);
  try {
    const layout = await mine.layout;
    if (layout === undefined) return;
    applyLayout(layout);
    announce(canvasStrings.arranged);
    if (nodes.length < 2) zoomToFit([]);
  } catch (error) {
    notify("error", canvasStrings.notArranged, {
      remedy: error instanceof Error ? error.message : String(error),
    });
  } finally {
    closeNotice();
  }
}

const noticeMilliseconds = 500;

/** Tells of what takes long, with a button that ends it. */
function noticeAfter(message: string, cancel: () => void): () => void {
  let id: number | undefined;
  const timer = setTimeout(() => {
    const action = { label: partStrings.cancel, run: cancel };
    id = notify("info", message, { stays: true, action });
  }, noticeMilliseconds);
  return () => {
    clearTimeout(timer);
    if (id !== undefined) dismissNotice(id);
  };
}

/** Applies a layout to what is still there of it: the graph may have changed since. */
function applyLayout({ boxes, points }: Layout): void {
  const { nodes, wires } = sceneStore.getState().scene;
  const there = new Map([...boxes].filter(([id]) => nodes.has(id)));
  const reroutes = wires.flatMap(
    ({ key, rerouteKey, points: now }): [string, [number, number][]][] => {
      const wanted = points.get(key);
      const isSame = wanted === undefined || JSON.stringify(now) === JSON.stringify(wanted);
      return isSame ? [] : [[rerouteKey, wanted.map(([x, y]) => [x, y])]];
    },
  );
  dispatch(
    { kind: "move-nodes", positions: positionsOf(there), reroutes: Object.fromEntries(reroutes) },
    { label: canvasStrings.autoLayout },
  );
}
