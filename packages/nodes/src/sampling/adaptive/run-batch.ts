import {
  type DenoiserValue,
  float32Tensor,
  gaussianNoise,
  type RunContext,
  type Tensor,
  type TensorProgram,
} from "@diopter/engine";
import { requireFloat32 } from "../../latent/grid-pass.js";
import { stopIfCancelled } from "../../latent/tile-layout.js";
import { coefficientNames, type SamplingRule } from "../rules/coefficients.js";
import type { StepParts } from "./adaptive-program.js";
import type { Codebook } from "./codebook.js";
import { gainBetween, type ScoreEstimates } from "./gain-meter.js";
import type { Gain } from "./policy.js";
import type { PlannedStep, StepOutcome, TileState } from "./tile-state.js";

/** What stays the same over all tiles and steps of one picture. */
export interface AdaptiveRun {
  readonly denoiser: DenoiserValue;
  readonly program: TensorProgram;
  readonly parts: StepParts;
  readonly rule: SamplingRule;
  readonly codebook: Codebook;
  readonly score: ScoreEstimates | undefined;
  /** What differences of scores are multiplied by. */
  readonly scale: number;
  readonly seed: number;
  readonly context: RunContext;
}

/** A tile and the step that it takes next. */
export interface PlannedTile {
  readonly tile: TileState;
  readonly step: PlannedStep;
}

/**
 * Takes one step of several tiles of one size in one session run, each between its own timesteps.
 * A tile's k-th step draws the noise of step k at its place in the whole latent, whatever the others
 * do.
 * @throws DiopterError `run/cancelled`, `device/out-of-memory`, `device/failed`.
 */
export async function runBatch(
  run: AdaptiveRun,
  planned: readonly PlannedTile[],
): Promise<readonly StepOutcome[]> {
  const { device, signal } = run.context;
  stopIfCancelled(signal);
  const outputs = await device.run(run.program, inputsOf(run, planned), { signal });
  const [next, clean, gained, score] = await Promise.all(
    [outputs.next, outputs.clean, outputs.gained, outputs.score].map(readAndRelease),
  );
  const size = planned[0]?.tile.sample.length ?? 0;
  const cut = (data: Float32Array | undefined, index: number) =>
    (data ?? new Float32Array(0)).slice(index * size, (index + 1) * size);
  const estimates = planned.map((_, index) => cut(clean, index));
  const scores = (await scoresOf(run, planned, estimates)) ?? pairsOf(score);
  const gains = pairsOf(gained);
  return planned.map(({ tile }, index) => {
    const own = scores?.[index];
    const before = tile.score;
    const difference = own && before && gainBetween(own, before, run.scale);
    // Nothing came before the first estimate: what a regressor says of it is not meant.
    const gain = tile.clean === undefined ? undefined : (difference ?? gains?.[index]);
    return {
      next: cut(next, index),
      clean: estimates[index] ?? new Float32Array(0),
      gain,
      score: own,
    };
  });
}

function inputsOf(
  { denoiser, parts, codebook, seed }: AdaptiveRun,
  planned: readonly PlannedTile[],
): Readonly<Record<string, Tensor<"float32">>> {
  const { channels, originalChannels } = denoiser;
  const count = planned.length;
  const { width = 0, height = 0 } = planned[0]?.tile.region ?? {};
  const tiles = planned.map(({ tile }) => tile);
  const steps = planned.map(({ tile, step }) => codebook(tile.at, step.to));
  const noises = planned.map(({ tile: { region, steps: taken } }, index) =>
    (steps[index]?.fromNoise ?? 0) > 0
      ? gaussianNoise({ seed, step: taken.length + 1, channels, region })
      : new Float32Array(channels * width * height),
  );
  const planes = (of: number, parts: readonly Float32Array[]) =>
    float32Tensor([count, of, height, width], joined(parts));
  const column = (values: readonly number[]) =>
    float32Tensor([count, values.length / count, 1, 1], Float32Array.from(values));
  const coefficients = coefficientNames.map(
    (name) => [name, column(steps.map((step) => step[name]))] as const,
  );
  return {
    ...Object.fromEntries(coefficients),
    timestep: column(tiles.map(({ at }) => at)),
    sample: planes(
      channels,
      tiles.map(({ sample }) => sample),
    ),
    noise: planes(channels, noises),
    original: planes(
      originalChannels,
      tiles.map(({ features }) => features),
    ),
    ...(parts.injection === undefined
      ? {}
      : {
          gain: column(
            tiles.flatMap(({ gain }) => [gain?.fullReference ?? 0, gain?.noReference ?? 0]),
          ),
        }),
    ...(parts.gain === undefined
      ? {}
      : {
          previous: planes(
            channels,
            tiles.map(({ clean, degraded }) => clean ?? degraded),
          ),
        }),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

async function readAndRelease(tensor: Tensor | undefined): Promise<Float32Array | undefined> {
  if (tensor === undefined) return undefined;
  const data = await requireFloat32(tensor).read();
  tensor.dispose();
  return data;
}

function scoresOf(
  { score, denoiser }: AdaptiveRun,
  planned: readonly PlannedTile[],
  estimates: readonly Float32Array[],
): Promise<readonly Gain[]> | undefined {
  if (score === undefined) return undefined;
  const { width = 0, height = 0 } = planned[0]?.tile.region ?? {};
  const pairs = planned.map(({ tile }, index) => ({
    clean: estimates[index] ?? tile.degraded,
    original: tile.degraded,
  }));
  return score(pairs, { channels: denoiser.channels, width, height });
}

function pairsOf(data: Float32Array | undefined): readonly Gain[] | undefined {
  if (data === undefined) return undefined;
  return Array.from({ length: data.length / 2 }, (_, index) => ({
    fullReference: data[2 * index] ?? 0,
    noReference: data[2 * index + 1] ?? 0,
  }));
}
