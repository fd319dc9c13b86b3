import type { TileStep } from "@diopter/engine";
import type { Region } from "../loop/region.js";
import type { Half } from "./halves.js";
import type { Category, Gain } from "./policy.js";

/** The best estimate that a tile has had: by naturalness, which counts in the second half alone. */
interface BestEstimate {
  readonly clean: Float32Array;
  readonly naturalness: number;
}

/** A tile on its way, on the host. Arrays are replaced, never written to. */
export interface TileState {
  readonly index: number;
  readonly region: Region;
  /** The original's features of the region [O, h, w]. */
  readonly features: Float32Array;
  /** The first channels of `features`: the original's latent [C, h, w]. */
  readonly degraded: Float32Array;
  /** x at `at` [C, h, w]; at the end the result. */
  readonly sample: Float32Array;
  /** The timestep that the tile stands at; 0 at the end. */
  readonly at: number;
  /** The estimate of the clean latent after the last step [C, h, w]. */
  readonly clean: Float32Array | undefined;
  /** What the last step has gained; absent after the first, which nothing came before. */
  readonly gain: Gain | undefined;
  /** The quality of `clean`, where metrics are computed. */
  readonly score: Gain | undefined;
  /** The sum of the naturalness gains of the second half's steps, before tanh. */
  readonly naturalness: number;
  readonly best: BestEstimate | undefined;
  readonly steps: readonly TileStep[];
  /** It ended before timestep 0. */
  readonly leftEarly: boolean;
}

/** What one step has made of a tile. */
export interface StepOutcome {
  readonly next: Float32Array;
  readonly clean: Float32Array;
  readonly gain: Gain | undefined;
  readonly score: Gain | undefined;
}

/** A step that a tile is about to take. */
export interface PlannedStep {
  readonly to: number;
  readonly category: Category | "";
}

/**
 * The tile after a step. In the first half the latest estimate is the best; from then on the one of
 * the highest naturalness.
 * @param half which half of the timesteps the step began in.
 */
export function afterStep(
  tile: TileState,
  { to, category }: PlannedStep,
  made: StepOutcome,
  half: Half,
): TileState {
  const { next, clean, gain, score } = made;
  const counts = half === "second" && gain !== undefined;
  const naturalness = tile.naturalness + (counts ? untanh(gain.noReference) : 0);
  const isBest = half === "first" || tile.best === undefined || naturalness > tile.best.naturalness;
  const step: TileStep = { from: tile.at, to, category, ...(gain === undefined ? {} : { gain }) };
  return {
    ...tile,
    sample: next,
    at: to,
    clean,
    gain,
    score,
    naturalness,
    best: isBest ? { clean, naturalness } : tile.best,
    steps: [...tile.steps, step],
  };
}

/** The tile as it leaves the loop early: with the best of what it had. */
export function leave(tile: TileState): TileState {
  const sample = tile.best?.clean ?? tile.sample;
  return released({ ...tile, sample, clean: sample, at: 0, leftEarly: true });
}

const nothing = new Float32Array(0);

/** A tile at its end, without what only further steps would need. */
export function released(tile: TileState): TileState {
  return { ...tile, features: nothing, degraded: nothing, best: undefined };
}

/** Gains are kept off ±1, where nothing could be added any more. */
const untanh = (gain: number): number => Math.atanh(Math.min(Math.max(gain, -0.999), 0.999));
