import { interactionStore } from "./interaction.js";
import { sceneStore } from "./scene-store.js";
import { overviewZoom, seenBounds, viewportStore } from "./viewport.js";
import { overlap } from "./wire-path.js";

/** So many nodes may be on the page at once; more are painted. */
const mostNodes = 90;
const margin = 240;

/** The nodes that should be on the page: those in sight, and the one with the keyboard's focus. */
export function nodesToMount(mounted: ReadonlySet<string>): ReadonlySet<string> {
  const { scene } = sceneStore.getState();
  const viewport = viewportStore.getState();
  const { moved, focused } = interactionStore.getState();
  const wanted = new Set<string>();
  if (focused !== undefined && scene.nodes.has(focused)) wanted.add(focused);
  if (viewport.width === 0 || viewport.k < overviewZoom) return wanted;
  const seen = seenBounds(viewport, margin);
  const near = [];
  for (const [id, node] of scene.nodes) {
    const [x, y] = moved.get(id) ?? scene.positions.get(id) ?? [0, 0];
    const { width, height } = node.shape;
    if (overlap({ x, y, width, height }, seen)) near.push(id);
  }
  // Those that are here stay first, so that a crowded view does not flicker.
  near.sort((a, b) => Number(mounted.has(b)) - Number(mounted.has(a)));
  for (const id of near.slice(0, mostNodes)) wanted.add(id);
  return wanted;
}
