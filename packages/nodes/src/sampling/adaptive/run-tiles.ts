import { DiopterError, gaussianNoise, type TileLayout } from "@diopter/engine";
import { accumulateWhole, cutTile } from "../../tiles/index.js";
import type { OriginalFeatures } from "../loop/original-features.js";
import { halfOf } from "./halves.js";
import { type AdaptiveRun, type PlannedTile, runBatch } from "./run-batch.js";
import type { TileProgress, TilesSoFar } from "./saved-tiles.js";
import {
  afterStep,
  leave,
  type PlannedStep,
  released,
  type StepOutcome,
  type TileState,
} from "./tile-state.js";

/** What a tile does next: a step, or nothing more. */
export type Planner = (tile: TileState) => PlannedStep | "leave";

export interface TilesJob {
  readonly run: AdaptiveRun;
  readonly original: OriginalFeatures;
  readonly layout: TileLayout;
  /** Where sampling begins. */
  readonly start: number;
  readonly plan: Planner;
  /** Tiles that go through the network together, at most. */
  readonly batch: number;
  readonly blend: "every step" | "at the end";
  /** Called after every run of the network, with all tiles that have begun. */
  readonly watch: (tiles: ReadonlyMap<number, TileState>) => Promise<void>;
  /** What an earlier run has saved of these tiles. */
  readonly known: Pick<TilesSoFar, "batch" | "tiles"> | undefined;
  /** Called before every round, and where one fails, with the tiles that had begun before it. */
  readonly save: (soFar: Pick<TilesSoFar, "batch" | "tiles">) => Promise<void>;
}

/**
 * Takes all tiles of a picture to their ends. At most a batch of them is on its way; where one ends
 * the next begins, so that every run of the network is full while work remains. With blending at
 * every step all tiles are on their way, round by round.
 * @returns the tiles, by their place in the layout.
 */
export async function runTiles(job: TilesJob): Promise<readonly TileState[]> {
  const { layout, plan, blend, known } = job;
  const tiles = new Map(known?.tiles.map((tile) => [tile.index, goOn(job, tile)]));
  const waiting = [...layout.origins.keys()].filter((index) => !tiles.has(index)).reverse();
  const batch = { size: Math.min(job.batch, known?.batch ?? job.batch) };
  for (;;) {
    const before = [...tiles.values()];
    const save = () => job.save({ batch: batch.size, tiles: before });
    await save();
    const together = blend === "every step" ? layout.origins.length : batch.size;
    const planned = fill(job, tiles, waiting, together, plan);
    if (planned.length === 0) break;
    const outcomes = await advance(job, tiles, planned, batch).catch(async (thrown: unknown) => {
      await save();
      throw thrown;
    });
    if (blend === "every step") blendEstimates(job, tiles, planned, outcomes);
  }
  return layout.origins.flatMap((_, index) => tiles.get(index) ?? []);
}

/** The next step of each tile on its way; begins others until so many have one. */
function fill(
  job: TilesJob,
  tiles: Map<number, TileState>,
  waiting: number[],
  together: number,
  plan: Planner,
): readonly PlannedTile[] {
  const planned: PlannedTile[] = [];
  const add = (tile: TileState) => {
    const step = plan(tile);
    if (step === "leave") tiles.set(tile.index, leave(tile));
    else planned.push({ tile, step });
  };
  for (const tile of [...tiles.values()]) if (tile.at > 0) add(tile);
  while (planned.length < together) {
    const index = waiting.pop();
    if (index === undefined) break;
    const tile = begin(job, index);
    tiles.set(index, tile);
    add(tile);
  }
  return planned;
}

function begin(job: TilesJob, index: number): TileState {
  const { run, start } = job;
  const { channels } = run.denoiser;
  const place = placeOf(job, index);
  const { region, degraded } = place;
  const { fromOriginal, fromNoise } = run.rule.start(start);
  const noise = gaussianNoise({ seed: run.seed, step: 0, channels, region });
  return {
    ...place,
    index,
    sample: noise.map((z, element) => fromOriginal * (degraded[element] ?? 0) + fromNoise * z),
    at: start,
    clean: undefined,
    gain: undefined,
    score: undefined,
    naturalness: 0,
    best: undefined,
    steps: [],
    leftEarly: false,
  };
}

/** A tile where an earlier run has left it. */
function goOn(job: TilesJob, progress: TileProgress): TileState {
  const tile = { ...placeOf(job, progress.index), ...progress };
  return tile.at === 0 ? released(tile) : tile;
}

function placeOf({ run, original, layout }: TilesJob, index: number) {
  const { channels, originalChannels } = run.denoiser;
  const { x, y } = layout.origins[index] ?? { x: 0, y: 0 };
  const region = { x, y, width: layout.tileWidth, height: layout.tileHeight };
  const features = cutTile(original.data, originalChannels, layout, index);
  const degraded = features.subarray(0, channels * region.width * region.height);
  return { region, features, degraded };
}

/** One step of all planned tiles, batch by batch; smaller ones where memory does not suffice. */
async function advance(
  { run, watch }: TilesJob,
  tiles: Map<number, TileState>,
  planned: readonly PlannedTile[],
  batch: { size: number },
): Promise<readonly StepOutcome[]> {
  const made: StepOutcome[] = [];
  const { timesteps: terminal } = run.denoiser.process;
  while (made.length < planned.length) {
    const chunk = planned.slice(made.length, made.length + batch.size);
    const outcomes = await runBatch(run, chunk).catch((thrown: unknown) => {
      batch.size = smallerBatch(thrown, chunk.length, run);
      return undefined;
    });
    if (outcomes === undefined) {
      await run.context.device.trim();
      continue;
    }
    for (const [index, { tile, step }] of chunk.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      const after = afterStep(tile, step, outcome, halfOf(tile.at, terminal));
      tiles.set(tile.index, step.to === 0 ? released(after) : after);
    }
    made.push(...outcomes);
    await watch(tiles);
  }
  return made;
}

/** @throws the error itself, unless memory did not suffice and the batch can be smaller. */
function smallerBatch(thrown: unknown, size: number, { context }: AdaptiveRun): number {
  const full = DiopterError.is(thrown) && thrown.code === "device/out-of-memory";
  if (!full || size < 2) throw thrown;
  const half = Math.floor(size / 2);
  context.note(
    `${context.device.description} ran out of memory with ${size} tiles at once; ${half} are used.`,
  );
  return half;
}

/**
 * Puts the Gaussian-weighted mean of all tiles' estimates in the place of each tile's own, in the
 * step that it has just taken: an update is linear in the estimate.
 */
function blendEstimates(
  { run, layout }: TilesJob,
  tiles: Map<number, TileState>,
  planned: readonly PlannedTile[],
  outcomes: readonly StepOutcome[],
): void {
  if (layout.origins.length < 2) return;
  const { channels } = run.denoiser;
  const { accumulator, data } = accumulateWhole(layout, channels);
  for (const index of layout.origins.keys()) {
    const tile = tiles.get(index);
    accumulator.add(tile?.clean ?? new Float32Array(0));
  }
  for (const [place, { tile, step }] of planned.entries()) {
    const after = tiles.get(tile.index);
    const clean = outcomes[place]?.clean;
    if (after === undefined || clean === undefined) continue;
    const { fromClean } = run.codebook(tile.at, step.to);
    const blended = cutTile(data, channels, layout, tile.index);
    const sample = after.sample.map(
      (value, element) => value + fromClean * ((blended[element] ?? 0) - (clean[element] ?? 0)),
    );
    tiles.set(tile.index, { ...after, sample });
  }
}
