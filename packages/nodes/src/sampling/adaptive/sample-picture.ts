import { float32Tensor, type RunContext, type Tensor, type TileLayout } from "@diopter/engine";
import { withSmallerTiles } from "../../latent/smaller-tiles.js";
import { leastTile } from "../../latent/tile-layout.js";
import { accumulateWhole, cutTile, tileLayout } from "../../tiles/index.js";
import type { OriginalFeatures } from "../loop/original-features.js";
import type { PreviewProjection } from "../loop/preview-projection.js";
import type { TilePlan } from "./create-plan.js";
import { evaluationEstimate } from "./progress-estimate.js";
import type { AdaptiveRun } from "./run-batch.js";
import { runTiles } from "./run-tiles.js";
import { loadTileStates, saveTileStates, type TilesWork } from "./saved-tiles.js";
import type { TileState } from "./tile-state.js";

export interface AdaptiveOptions {
  /** Side and shared elements of tiles, in latent elements. */
  readonly tile: number;
  readonly overlap: number;
  readonly batch: number;
  readonly blend: "every step" | "at the end";
}

/** One picture of a batch, and how it is told of. */
export interface AdaptivePicture {
  readonly item: number;
  readonly original: OriginalFeatures;
  readonly preview: PreviewProjection | undefined;
  readonly progress: (done: number, total: number) => void;
}

/** A sampled picture [1, C, h, w] and the ways of its tiles. */
export interface SampledPicture {
  readonly samples: Tensor<"float32">;
  readonly tiles: readonly TileState[];
}

/**
 * Samples a picture in tiles that each go their own way, and merges their ends with Gaussian weights;
 * smaller tiles where memory does not suffice for one. What an earlier run has saved of the picture
 * is gone on with.
 * Source: AdaDiffSR, DTSS and region integration.
 */
export async function sampleAdaptively(
  run: AdaptiveRun,
  { start, planner, interval }: TilePlan,
  picture: AdaptivePicture,
  options: AdaptiveOptions,
): Promise<SampledPicture> {
  const { original } = picture;
  const { batch, blend } = options;
  const name = `${picture.item}`;
  const work: TilesWork = {
    seed: run.seed,
    start,
    channels: run.denoiser.channels,
    blend,
    largest: Math.min(options.tile, Math.max(original.width, original.height, leastTile)),
    layoutOf: (tile) => layoutOf(original, tile, options.overlap),
  };
  const saved = await loadTileStates(run.context, name, work);
  const side = saved?.tile ?? work.largest;
  return withSmallerTiles(side, leastTile, run.context, async (tile) => {
    const layout = work.layoutOf(tile);
    const watch = watcher(run, layout, picture, { start, interval });
    const tiles = await runTiles({
      run,
      original,
      layout,
      start,
      plan: planner,
      batch,
      blend,
      watch,
      known: saved?.tile === tile ? saved : undefined,
      save: (soFar) => saveTileStates(run.context, name, work, { ...soFar, tile }),
    });
    const evaluations = tiles.reduce((sum, { steps }) => sum + steps.length, 0);
    picture.progress(evaluations, evaluations);
    if (run.context.watched) showTiles(run.context, picture.item, layout, tiles);
    const merged = mergeTiles(layout, run.denoiser.channels, (index) => tiles[index]?.sample);
    const shape = [1, run.denoiser.channels, layout.height, layout.width];
    return { samples: float32Tensor(shape, merged), tiles };
  });
}

function watcher(
  { context, denoiser }: AdaptiveRun,
  layout: TileLayout,
  { item, preview, progress, original }: AdaptivePicture,
  { start, interval }: { readonly start: number; readonly interval: number },
): (tiles: ReadonlyMap<number, TileState>) => Promise<void> {
  const estimate = evaluationEstimate(interval);
  const { length } = layout.origins;
  let shown = 0;
  return async (tiles) => {
    const begun = [...tiles.values()];
    const done = begun.reduce((sum, { steps }) => sum + steps.length, 0);
    const active = begun.map(({ at }) => at).filter((at) => at > 0);
    const distance = begun.reduce((sum, { steps }) => sum + start - (steps.at(-1)?.to ?? start), 0);
    const waiting = length - begun.length;
    progress(done, estimate({ done, distance, active, waiting, start }));
    // As often as whole pictures show a step.
    if (!context.watched || done - shown < length) return;
    shown = done;
    const listed = layout.origins.map((_, index) => tiles.get(index));
    showTiles(context, item, layout, listed);
    if (preview === undefined) return;
    const size = denoiser.channels * layout.width * layout.height;
    const whole = original.data.subarray(0, size);
    const merged = mergeTiles(layout, denoiser.channels, (index) => listed[index]?.clean, whole);
    context.preview({ kind: "image", pixels: preview(merged) });
  };
}

function showTiles(
  context: Pick<RunContext, "preview">,
  item: number,
  layout: TileLayout,
  tiles: readonly (TileState | undefined)[],
): void {
  context.preview({
    kind: "tiles",
    item,
    layout,
    tiles: tiles.map((tile) => ({ steps: tile?.steps ?? [], finished: tile?.at === 0 })),
  });
}

function mergeTiles(
  layout: TileLayout,
  channels: number,
  tileAt: (index: number) => Float32Array | undefined,
  whole?: Float32Array,
): Float32Array {
  const { accumulator, data } = accumulateWhole(layout, channels);
  for (const index of layout.origins.keys()) {
    const tile = tileAt(index) ?? (whole && cutTile(whole, channels, layout, index));
    accumulator.add(tile ?? new Float32Array(0));
  }
  return data;
}

function layoutOf({ width, height }: OriginalFeatures, tile: number, overlap: number): TileLayout {
  const shared = Math.min(overlap, Math.floor((tile * 3) / 4));
  return tileLayout({ width, height, tileWidth: tile, tileHeight: tile, overlap: shared });
}
