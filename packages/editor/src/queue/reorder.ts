/** What to tell the server so that a job goes to another place. */
export interface Move {
  readonly id: string;
  /** The job that follows it then; null for the end. */
  readonly before: string | null;
}

/** Puts the job at `from` to place `to`, counted as the list is afterwards. Undefined: no change. */
export function moveTo(ids: readonly string[], from: number, to: number): Move | undefined {
  const id = ids[from];
  const target = Math.min(Math.max(to, 0), ids.length - 1);
  if (id === undefined || target === from) return undefined;
  const others = ids.filter((_, index) => index !== from);
  return { id, before: others[target] ?? null };
}

/** The list after a move. */
export function afterMove(ids: readonly string[], { id, before }: Move): readonly string[] {
  const others = ids.filter((other) => other !== id);
  const place = before === null ? others.length : others.indexOf(before);
  return place < 0 ? ids : others.toSpliced(place, 0, id);
}

/** The place that a row dragged to height `y` takes, from the rows' borders on the screen. */
export function placeAt(
  rows: readonly { readonly top: number; readonly bottom: number }[],
  from: number,
  y: number,
): number {
  const passed = rows.filter(
    ({ top, bottom }, index) => index !== from && y > (top + bottom) / 2,
  ).length;
  return passed;
}
