import type { ResultItem } from "../run/index.js";
import { meanOf } from "./bootstrap.js";

/** The mean SNR of each step of one row, for a patch class and a band. */
export interface StepCurve {
  readonly row: string;
  readonly patches: string;
  readonly band: "low" | "middle" | "high";
  /** dB, one a step, the last step left out: it is the result itself. */
  readonly points: readonly number[];
}

/** Curves of all rows whose items have steps. */
export function stepCurves(
  items: readonly ResultItem[],
  rows: readonly string[],
): readonly StepCurve[] {
  return rows.flatMap((row) => {
    const steps = items.flatMap((item) => (item.row === row && item.steps ? [item.steps] : []));
    const count = Math.max(0, ...steps.map((list) => list.length - 1));
    if (count === 0) return [];
    return (["all", "smooth", "medium", "textured"] as const).flatMap((patches) =>
      (["low", "middle", "high"] as const).map((band) => ({
        row,
        patches,
        band,
        points: Array.from({ length: count }, (_, step) =>
          meanOf(steps.flatMap((list) => list[step]?.[patches]?.[band] ?? [])),
        ),
      })),
    );
  });
}
