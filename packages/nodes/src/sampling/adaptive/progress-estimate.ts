/** How far the tiles have come. */
export interface TilesProgress {
  /** Network evaluations so far. */
  readonly done: number;
  /** Timesteps that the tiles have gone with them. */
  readonly distance: number;
  /** Timesteps that active tiles still have before them. */
  readonly active: readonly number[];
  /** Tiles that have not begun, and where they will. */
  readonly waiting: number;
  readonly start: number;
}

/**
 * How many evaluations there will be in all, at the mean interval so far. The share that is done
 * never falls from one call to the next.
 * @param interval what is taken before there has been any.
 */
export function evaluationEstimate(interval: number): (progress: TilesProgress) => number {
  let share = 0;
  return ({ done, distance, active, waiting, start }) => {
    const mean = done === 0 ? interval : distance / done;
    const stepsFrom = (timestep: number) => Math.ceil(timestep / Math.max(mean, 1e-6) - 1e-9);
    const left = active.reduce((sum, timestep) => sum + stepsFrom(timestep), 0);
    const wanted = done + left + waiting * stepsFrom(start);
    const total = share > 0 ? Math.min(wanted, Math.floor(done / share)) : wanted;
    const honest = Math.max(total, done + active.length + waiting);
    share = Math.max(share, done / Math.max(honest, 1));
    return honest;
  };
}
