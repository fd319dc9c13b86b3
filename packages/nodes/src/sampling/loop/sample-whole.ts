import { float32Tensor, type Tensor, type TileLayout } from "@diopter/engine";
import { withSmallerTiles } from "../../latent/smaller-tiles.js";
import { leastTile } from "../../latent/tile-layout.js";
import { accumulateWhole, cutTile, tileLayout } from "../../tiles/index.js";
import type { OriginalFeatures } from "./original-features.js";
import type { Region } from "./region.js";
import {
  expectStep,
  runStep,
  type SamplingRun,
  type StepResult,
  startState,
} from "./sampling-run.js";
import { loadSteps, loadTiles, saveSteps, saveTiles } from "./saved-steps.js";

/** Tiles of a large latent, in its elements. */
export interface TileOptions {
  readonly tile: number;
  readonly overlap: number;
}

/** Told how a picture goes on. */
export interface StepWatcher {
  /** So many steps are done; the estimate of the clean latent. */
  step(step: number, clean: Tensor<"float32">): Promise<void>;
  /** So many of the tiles of the step after these. */
  tile(step: number, tiles: number, of: number): void;
}

/**
 * Samples a picture step by step. Where it is larger than a tile, each step runs tile by tile and
 * the tiles are merged with Gaussian weights after it, so that neighbours never drift apart. A step
 * for which memory does not suffice is done again in smaller tiles. What an earlier run has saved
 * under this name is gone on with.
 * Source: blending at every step is StableSR's.
 */
export async function sampleByStep(
  run: SamplingRun,
  original: OriginalFeatures,
  tiles: TileOptions,
  watch: StepWatcher,
  name: string,
): Promise<Tensor<"float32">> {
  const { timeline, denoiser, context } = run;
  const { width, height, data } = original;
  const whole: Region = { x: 0, y: 0, width, height };
  const features = float32Tensor([1, denoiser.originalChannels, height, width], data);
  const saved = await loadSteps(context, name, [1, denoiser.channels, height, width]);
  const largest = saved?.tile ?? Math.min(tiles.tile, Math.max(width, height, leastTile));
  let step = Math.min(saved?.step ?? 0, timeline.steps);
  if (width <= largest && height <= largest) expectStep(run, step, whole);
  let state = saved?.state ?? startState(run, whole, data);
  return withSmallerTiles(largest, leastTile, context, async (tile) => {
    while (step < timeline.steps) {
      const fits = width <= tile && height <= tile;
      if (fits) expectStep(run, step + 1, whole);
      const made = fits
        ? runStep(run, step, whole, state, features)
        : runTiledStep(run, step, original, state, layoutOf(original, tile, tiles.overlap), watch);
      const result = await made.catch(async (thrown: unknown) => {
        await saveSteps(context, name, { step, tile, state });
        throw thrown;
      });
      state.dispose();
      state = result.next;
      step += 1;
      await watch.step(step, result.clean);
      result.clean.dispose();
      await saveSteps(context, name, { step, tile, state });
    }
    return state;
  });
}

/**
 * Samples tile by tile, each from start to end, and merges the final latents with Gaussian weights.
 * Source: AdaDiffSR, region integration at the final timestep.
 */
export async function sampleByTile(
  run: SamplingRun,
  original: OriginalFeatures,
  tiles: TileOptions,
  finished: (tiles: number, of: number) => void,
  name: string,
): Promise<Tensor<"float32">> {
  const { denoiser, context } = run;
  const shape = [1, denoiser.channels, original.height, original.width];
  const saved = await loadTiles(context.state, name);
  const largest = saved.ends.length > 0 ? saved.tile : tiles.tile;
  return withSmallerTiles(largest, leastTile, context, async (tile) => {
    const layout = layoutOf(original, tile, tiles.overlap);
    const { accumulator, data } = accumulateWhole(layout, denoiser.channels);
    const ends: Tensor<"float32">[] = [];
    for (const [index, { x, y }] of layout.origins.entries()) {
      const region = { x, y, width: layout.tileWidth, height: layout.tileHeight };
      const features = cutTile(original.data, denoiser.originalChannels, layout, index);
      const known = saved.tile === tile ? saved.ends[index] : undefined;
      const made = known ?? sampleTile(run, region, features);
      const end = await Promise.resolve(made).catch(async (thrown: unknown) => {
        await saveTiles(context, name, { tile, ends });
        throw thrown;
      });
      const samples = await end.read();
      accumulator.add(samples);
      end.dispose();
      finished(index + 1, layout.origins.length);
      if (context.state === undefined) continue;
      ends.push(float32Tensor([samples.length], samples));
      if (known === undefined) await saveTiles(context, name, { tile, ends });
    }
    return float32Tensor(shape, data);
  });
}

async function sampleTile(
  run: SamplingRun,
  region: Region,
  data: Float32Array,
): Promise<Tensor<"float32">> {
  const shape = [1, run.denoiser.originalChannels, region.height, region.width];
  const features = float32Tensor(shape, data);
  expectStep(run, 0, region);
  let state = startState(run, region, data);
  for (let step = 0; step < run.timeline.steps; step += 1) {
    expectStep(run, step + 1, region);
    const { next, clean } = await runStep(run, step, region, state, features);
    state.dispose();
    clean.dispose();
    state = next;
  }
  return state;
}

/** One step over all tiles of a layout, merged. */
async function runTiledStep(
  run: SamplingRun,
  step: number,
  original: OriginalFeatures,
  state: Tensor<"float32">,
  layout: TileLayout,
  watch: StepWatcher,
): Promise<StepResult> {
  const { channels, originalChannels } = run.denoiser;
  const samples = await state.read();
  const next = accumulateWhole(layout, channels);
  const clean = accumulateWhole(layout, channels);
  const { tileWidth: width, tileHeight: height } = layout;
  for (const [index, { x, y }] of layout.origins.entries()) {
    const after = layout.origins[index + 1];
    if (after !== undefined) expectStep(run, step, { ...after, width, height });
    const features = cutTile(original.data, originalChannels, layout, index);
    const result = await runStep(
      run,
      step,
      { x, y, width, height },
      float32Tensor([1, channels, height, width], cutTile(samples, channels, layout, index)),
      float32Tensor([1, originalChannels, height, width], features),
    );
    next.accumulator.add(await result.next.read());
    clean.accumulator.add(await result.clean.read());
    result.next.dispose();
    result.clean.dispose();
    watch.tile(step, index + 1, layout.origins.length);
  }
  const shape = [1, channels, layout.height, layout.width];
  return { next: float32Tensor(shape, next.data), clean: float32Tensor(shape, clean.data) };
}

function layoutOf({ width, height }: OriginalFeatures, tile: number, overlap: number): TileLayout {
  const shared = Math.min(overlap, Math.floor((tile * 3) / 4));
  return tileLayout({ width, height, tileWidth: tile, tileHeight: tile, overlap: shared });
}
