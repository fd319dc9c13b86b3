import type { MetricsValue } from "@diopter/engine";
import type { TileState } from "./tile-state.js";

/** Network evaluations of all tiles: in all, of a tile on average, at least and at most. */
export function evaluationMetrics(tiles: readonly TileState[]): MetricsValue {
  const counts = tiles.map(({ steps }) => steps.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    tiles: tiles.length,
    evaluations: total,
    evaluationsMean: total / tiles.length,
    evaluationsMin: Math.min(...counts),
    evaluationsMax: Math.max(...counts),
    leftEarly: tiles.filter(({ leftEarly }) => leftEarly).length,
  };
}

/** The same as a sentence. */
export function evaluationNote(tiles: readonly TileState[]): string {
  const { evaluations, evaluationsMean, evaluationsMin, evaluationsMax, leftEarly } =
    evaluationMetrics(tiles);
  const mean = Number((evaluationsMean ?? 0).toFixed(1));
  const counted = `${tiles.length} ${tiles.length === 1 ? "tile" : "tiles"}`;
  const early = leftEarly === 0 ? "" : `; ${leftEarly} ended early`;
  return (
    `${counted} took ${evaluations} network evaluations, ${mean} each on average, ` +
    `${evaluationsMin} to ${evaluationsMax}${early}.`
  );
}
