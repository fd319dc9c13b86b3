import { type Half, halfOf } from "./halves.js";

/** What a step of a tile has gained, each −1 to 1. */
export interface Gain {
  readonly fullReference: number;
  readonly noReference: number;
}

/**
 * What a tile's last step says of it: `growing` gains in both ways, `stable` in fidelity alone,
 * `still` in neither, `saturated` loses naturalness; anything else is `mixed`.
 */
export const categories = ["growing", "mixed", "stable", "still", "saturated"] as const;
export type Category = (typeof categories)[number];

/** What a step of a tile may be called; the empty name is that of steps without a policy. */
export const tileCategories: readonly string[] = ["", ...categories];

/** How far a tile goes in its next step, in timesteps. */
export type Intervals = Readonly<Record<Exclude<Category, "saturated">, number>>;

/** A policy of dynamic timestep sampling. */
export interface DynamicPolicy {
  /** Gains of at most this size count as none. */
  readonly threshold: number;
  readonly intervals: Intervals;
  /** T_max: where sampling begins; models that begin earlier begin there. */
  readonly start: number;
  /** Whether saturated tiles leave the loop; they go on as `mixed` otherwise. */
  readonly leaveEarly: boolean;
}

/**
 * The category of a tile. In the first half of the timesteps the full-reference gain decides alone,
 * since naturalness says little of what is mostly noise.
 * @param half which half of the model's timesteps the step was taken in.
 * Source: AdaDiffSR, DTSS; the paper names growing, stable and saturated regions, the rest of the
 * map is this project's choice.
 */
export function categoryOf(
  { fullReference, noReference }: Gain,
  half: Half,
  threshold: number,
): Category {
  const rises = fullReference > threshold;
  if (half === "first") {
    if (rises) return "growing";
    return fullReference < -threshold ? "mixed" : "still";
  }
  if (noReference < -threshold) return "saturated";
  if (noReference > threshold) return rises ? "growing" : "mixed";
  if (rises) return "stable";
  return fullReference < -threshold ? "mixed" : "still";
}

/** What a tile does next. */
export type Decision =
  | { readonly leave: true; readonly category: Category }
  | { readonly leave: false; readonly category: Category; readonly to: number };

/**
 * Decides a tile's next step.
 * @param at the timestep that the tile stands at, above 0.
 * @param last the step before; absent until two estimates can be compared, when the shortest interval
 * is taken.
 * @param terminal T of the model.
 */
export function decide(
  { threshold, intervals, leaveEarly }: DynamicPolicy,
  at: number,
  last: { readonly from: number; readonly gain: Gain } | undefined,
  terminal: number,
): Decision {
  const found =
    last === undefined ? "growing" : categoryOf(last.gain, halfOf(last.from, terminal), threshold);
  if (found === "saturated" && leaveEarly) return { leave: true, category: found };
  const category = found === "saturated" ? "mixed" : found;
  return { leave: false, category, to: Math.max(0, at - intervals[category]) };
}
