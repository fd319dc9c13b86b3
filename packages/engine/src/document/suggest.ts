const longestCompared = 64;

/**
 * The candidate that a person most likely meant by `name`: equal but for case, or few letters
 * away (a third of its length at most), or with one part in common (`resize` for `image/resize`).
 */
export function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.slice(0, longestCompared).toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = nameDistance(wanted, candidate.slice(0, longestCompared).toLowerCase());
    if (distance <= allowed && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** `Did you mean "x"?`, or what to do otherwise. */
export function suggestName(name: string, candidates: Iterable<string>, otherwise: string): string {
  const closest = closestName(name, candidates);
  return closest === undefined ? otherwise : `Did you mean "${closest}"?`;
}

function nameDistance(wanted: string, candidate: string): number {
  const lastPart = candidate.slice(candidate.lastIndexOf("/") + 1);
  if (wanted === lastPart) return wanted === candidate ? 0 : 0.5;
  return editDistance(wanted, candidate);
}

/** Levenshtein's distance: insertions, deletions and replacements of letters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const added = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, added));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
