import { type Point, type WorkflowDocument, wiresOf } from "@diopter/engine/editing";
import { type Bounds, boundsOf } from "./wire-path.js";

const columnWidth = 304;
const gap = 40;

/**
 * Places for nodes that have none, as in workflows that were written by hand: columns in the order of
 * the wires, below the nodes that have places. Nobody else is told of them until somebody moves one.
 */
export function placeUnplaced(
  document: WorkflowDocument,
  ids: readonly string[],
  sizeOf: (id: string) => { readonly width: number; readonly height: number },
  placed: readonly Bounds[],
): ReadonlyMap<string, Point> {
  const { x, y, height } = boundsOf(placed);
  const top = placed.length === 0 ? 0 : y + height + 2 * gap;
  const columns = new Map<number, number>();
  const places = new Map<string, Point>();
  let widest = columnWidth;
  for (const id of ids) widest = Math.max(widest, sizeOf(id).width + 2 * gap);
  for (const [id, column] of columnsOf(document, ids)) {
    const down = columns.get(column) ?? top;
    places.set(id, [x + column * widest, down]);
    columns.set(column, down + sizeOf(id).height + gap);
  }
  return places;
}

/** How many wires at most lead to each node from the first ones. Without recursion; circles end. */
function columnsOf(document: WorkflowDocument, ids: readonly string[]) {
  const columns = new Map(ids.map((id) => [id, 0]));
  const targets = new Map<string, string[]>();
  const waits = new Map<string, number>();
  for (const id of ids) {
    const wires = Object.values(document.nodes[id]?.inputs ?? {}).flatMap(wiresOf);
    const sources = wires.map(([source]) => source).filter((source) => columns.has(source));
    waits.set(id, sources.length);
    for (const source of sources) targets.set(source, [...(targets.get(source) ?? []), id]);
  }
  const ready = ids.filter((id) => waits.get(id) === 0);
  for (const id of ready) {
    for (const target of targets.get(id) ?? []) {
      columns.set(target, Math.max(columns.get(target) ?? 0, (columns.get(id) ?? 0) + 1));
      const left = (waits.get(target) ?? 0) - 1;
      waits.set(target, left);
      if (left === 0) ready.push(target);
    }
  }
  return columns;
}
