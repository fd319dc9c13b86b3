import type { Point } from "@diopter/engine/editing";
import { addReroute, removeReroute } from "./reroutes.js";
import { rerouteAt, wireAt } from "./scene-hits.js";
import { openSearch } from "./search/search-store.js";

/** A double click or tap: removes a wire's point, leads a wire through the place, or adds a node there. */
export function openAt(at: Point, reach?: number): void {
  const point = rerouteAt(at, reach);
  const hit = wireAt(at, undefined, reach);
  if (point !== undefined) removeReroute(point.wire, point.index);
  else if (hit !== undefined) addReroute(hit.wire, { at, piece: hit.piece });
  else openSearch({ at });
}
