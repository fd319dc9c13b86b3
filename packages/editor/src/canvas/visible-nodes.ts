import { interactionStore } from "./interaction.js";
import { sceneStore } from "./scene-store.js";
import { overviewZoom, seenBounds, viewportStore } from "./viewport.js";
import { overlap } from "./wire-path.js";

/** So many nodes may be on the page at once; more are painted. */
const mostNodes = 110;

/** Nodes come onto the page a little before they are seen, and stay a good while longer. */
const comingMargin = 120;
const stayingMargin = 600;

/** The nodes that should be on the page: those in sight, and the one with the keyboard's focus. */
export function nodesToMount(mounted: ReadonlySet<string>): ReadonlySet<string> {
  const { scene } = sceneStore.getState();
  const viewport = viewportStore.getState();
  const { moved, focused } = interactionStore.getState();
  const wanted = new Set<string>();
  if (focused !== undefined && scene.nodes.has(focused)) wanted.add(focused);
  if (viewport.width === 0 || viewport.k < overviewZoom) return wanted;
  const coming = seenBounds(viewport, comingMargin);
  const staying = seenBounds(viewport, stayingMargin);
  const near = [];
  for (const [id, node] of scene.nodes) {
    const [x, y] = moved.get(id) ?? scene.positions.get(id) ?? [0, 0];
    const { width, height } = node.shape;
    const limits = mounted.has(id) ? staying : coming;
    if (overlap({ x, y, width, height }, limits)) near.push(id);
  }
  // Those that are here stay first, so that a crowded view does not flicker.
  near.sort((a, b) => Number(mounted.has(b)) - Number(mounted.has(a)));
  for (const id of near.slice(0, mostNodes)) wanted.add(id);
  return wanted;
}
