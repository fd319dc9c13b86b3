import { othersOf, presenceStore } from "../state/presence.js";
import { selectionStore } from "../state/selection.js";

/** A node that somebody has chosen: by oneself, or by another in that person's colour. */
export interface SelectionMark {
  readonly colour: string;
  /** Undefined for oneself. */
  readonly name: string | undefined;
}

/** Who has chosen which nodes; one's own choice counts before others'. */
export function selectionMarks(own: string): ReadonlyMap<string, SelectionMark> {
  const marks = new Map<string, SelectionMark>();
  for (const { colour, name, selection } of othersOf(presenceStore.getState())) {
    for (const id of selection) marks.set(id, { colour, name });
  }
  for (const id of selectionStore.getState().nodes) marks.set(id, { colour: own, name: undefined });
  return marks;
}
