/**
 * A schedule for models that take whole timesteps only: rounds, makes unique, keeps T and 0, and
 * refills from the middle of the largest gaps until there are as many steps as before.
 * @param timesteps strictly decreasing from T to 0, with at most T steps.
 */
export function wholeTimesteps(timesteps: readonly number[]): readonly number[] {
  const whole = new Set(timesteps.map((timestep) => Math.round(timestep)));
  whole.add(0);
  whole.add(Math.round(timesteps[0] ?? 0));
  const ordered = [...whole].sort((left, right) => right - left);
  while (ordered.length < timesteps.length) {
    const widest = widestGap(ordered);
    const above = ordered[widest] ?? 0;
    const below = ordered[widest + 1] ?? 0;
    if (above - below < 2) break;
    ordered.splice(widest + 1, 0, Math.floor((above + below) / 2));
  }
  return ordered;
}

/** Index of the entry above the widest gap, the earliest of equals. */
function widestGap(descending: readonly number[]): number {
  const gaps = descending.slice(1).map((below, index) => (descending[index] ?? 0) - below);
  return gaps.indexOf(Math.max(...gaps));
}
