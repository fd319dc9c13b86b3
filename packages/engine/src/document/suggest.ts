const longestCompared = 64;

/**
 * The candidate that a person most likely meant by `name`: a few slips away (a third of its length
 * at most; case does not count), or the last part of a longer one (`resize` for `image/resize`).
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.slice(0, longestCompared).toLowerCase();
  let allowed = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = nameDistance(wanted, candidate.toLowerCase(), allowed);
    if (distance > allowed) continue;
    best = candidate;
    // Later ones must be closer.
    allowed = distance - 0.5;
  }
  return best;
}

/** `Did you mean "x"?`, or what to do otherwise. */
export function suggestName(name: string, candidates: Iterable<string>, otherwise: string): string {
  const closest = closestName(name, candidates);
  return closest === undefined ? otherwise : `Did you mean "${closest}"?`;
}

function nameDistance(wanted: string, candidate: string, allowed: number): number {
  if (wanted === candidate) return 0;
  if (wanted === candidate.slice(candidate.lastIndexOf("/") + 1)) return 0.5;
  if (Math.abs(wanted.length - candidate.length) > allowed) return Number.POSITIVE_INFINITY;
  return slips(wanted, candidate);
}

/**
 * The slips that make `b` of `a`: a letter too many, too few or another, or two neighbours swapped
 * (optimal string alignment).
 */
function slips(a: string, b: string): number {
  const width = b.length + 1;
  let beforePrevious = new Uint16Array(width);
  let previous = Uint16Array.from({ length: width }, (_, column) => column);
  let current = new Uint16Array(width);
  const at = (row: Uint16Array, column: number) => row[column] ?? 0;
  for (let row = 1; row <= a.length; row++) {
    current[0] = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(previous, column - 1) + Number(!isSame),
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        isSwapped && row > 1 && column > 1 ? at(beforePrevious, column - 2) + 1 : width + a.length,
      );
    }
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return at(previous, b.length);
}
