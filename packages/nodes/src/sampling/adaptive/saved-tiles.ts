import {
  float32Tensor,
  type RunContext,
  type SavedState,
  type Tensor,
  type TileLayout,
  type TileStep,
} from "@diopter/engine";
import { type Gain, tileCategories } from "./policy.js";
import type { TileState } from "./tile-state.js";

/** A tile's state, less what its place in the picture tells. */
export type TileProgress = Omit<TileState, "region" | "features" | "degraded">;

/** How far the tiles of a picture have come, between two rounds. */
export interface TilesSoFar {
  /** Side of the tiles, in latent elements: memory may have made them smaller. */
  readonly tile: number;
  /** Tiles that go through the network together: likewise. */
  readonly batch: number;
  /** The tiles that have begun. */
  readonly tiles: readonly TileProgress[];
}

/** Which tiles are meant. */
export interface TilesWork {
  readonly seed: number;
  readonly start: number;
  readonly channels: number;
  readonly blend: "every step" | "at the end";
  /** The side of the largest tiles, in latent elements. */
  readonly largest: number;
  readonly layoutOf: (tile: number) => TileLayout;
}

type Context = Pick<RunContext, "state" | "signal">;

/** Goes up whenever states have another meaning. */
const version = 1;

/**
 * What an earlier run of the same work has saved of a picture.
 * @param name tells pictures of a batch apart.
 * @returns undefined where nothing was saved that fits.
 */
export async function loadTileStates(
  { state }: Context,
  name: string,
  work: TilesWork,
): Promise<TilesSoFar | undefined> {
  const saved = await state?.load(name);
  const tile = readCount(saved?.values, "tile");
  const batch = readCount(saved?.values, "batch");
  if (saved === undefined || tile === undefined || batch === undefined) return undefined;
  if (tile > work.largest || read(saved.values, "work") !== nameOf(work, tile)) return undefined;
  const { origins, tileWidth, tileHeight } = work.layoutOf(tile);
  const shape = [work.channels, tileHeight, tileWidth];
  const tiles: TileProgress[] = [];
  for (const index of origins.keys()) {
    if (saved.tensors[`way${index}`] === undefined) continue;
    const found = await readTile(saved, index, work.start, shape);
    if (found === undefined) return undefined;
    tiles.push(found);
  }
  return { tile, batch, tiles };
}

/** Saves where it is time to, or where the run is about to be given up. */
export async function saveTileStates(
  { state, signal }: Context,
  name: string,
  work: TilesWork,
  { tile, batch, tiles }: TilesSoFar,
): Promise<void> {
  if (tiles.length === 0 || state === undefined || !(state.isDue || signal.aborted)) return;
  const { tileWidth, tileHeight } = work.layoutOf(tile);
  const shape = [work.channels, tileHeight, tileWidth];
  const tensors: Record<string, Tensor<"float32">> = {};
  for (const { index, sample, clean, best, ...rest } of tiles) {
    tensors[`way${index}`] = doublesTensor(wayOf(rest, best?.naturalness));
    tensors[`sample${index}`] = float32Tensor(shape, sample);
    if (clean !== undefined && clean !== sample) {
      tensors[`clean${index}`] = float32Tensor(shape, clean);
    }
    if (best !== undefined && best.clean !== clean) {
      tensors[`best${index}`] = float32Tensor(shape, best.clean);
    }
  }
  await state.save(name, { values: { work: nameOf(work, tile), tile, batch }, tensors });
}

const nameOf = ({ seed, start, channels, blend, layoutOf }: TilesWork, tile: number): string =>
  JSON.stringify({ version, seed, start, channels, blend, layout: layoutOf(tile) });

async function readTile(
  { tensors }: SavedState,
  index: number,
  start: number,
  shape: readonly number[],
): Promise<TileProgress | undefined> {
  const latents = ["sample", "clean", "best"].map((part) => tensors[`${part}${index}`]);
  const fits = (latent?: Tensor) => latent === undefined || latent.shape.join() === shape.join();
  if (!latents.every(fits)) return undefined;
  const [sample, ownClean, ownBest] = await Promise.all(latents.map((latent) => latent?.read()));
  const way = await readDoubles(tensors[`way${index}`]);
  if (sample === undefined || way === undefined) return undefined;
  const { leftEarly, naturalness, bestNaturalness, score, steps } = readWay(way);
  const last = steps.at(-1);
  const at = leftEarly ? 0 : (last?.to ?? start);
  // A tile that left has its estimate for its sample, and the latest estimate is often the best.
  const clean = ownClean ?? sample;
  const best = { clean: ownBest ?? clean, naturalness: bestNaturalness };
  return {
    index,
    sample,
    at,
    clean,
    gain: last?.gain,
    score,
    naturalness,
    best: at === 0 ? undefined : best,
    steps,
    leftEarly,
  };
}

/** Numbers of a row: the first holds what the tile has come to, each of the others a step. */
const row = 6;

function wayOf(
  {
    leftEarly,
    naturalness,
    score,
    steps,
  }: Pick<TileState, "leftEarly" | "naturalness" | "score" | "steps">,
  bestNaturalness = 0,
): readonly number[] {
  const numbers = [Number(leftEarly), naturalness, bestNaturalness, ...numbersOf(score)];
  for (const { from, to, category, gain } of steps) {
    numbers.push(from, to, tileCategories.indexOf(category), ...numbersOf(gain));
  }
  return numbers;
}

function readWay(numbers: Float64Array) {
  const [leftEarly, naturalness = 0, bestNaturalness = 0, ...score] = numbers.subarray(0, row);
  const steps = Array.from({ length: numbers.length / row - 1 }, (_, index): TileStep => {
    const place = (index + 1) * row;
    const [from = 0, to = 0, category = 0, ...rest] = numbers.subarray(place, place + row);
    const gain = readGain(rest);
    const step = { from, to, category: tileCategories[category] ?? "" };
    return gain === undefined ? step : { ...step, gain };
  });
  return {
    leftEarly: leftEarly === 1,
    naturalness,
    bestNaturalness,
    score: readGain(score),
    steps,
  };
}

const numbersOf = (gain: Gain | undefined): readonly number[] =>
  gain === undefined ? [0, 0, 0] : [1, gain.fullReference, gain.noReference];

const readGain = ([known, fullReference = 0, noReference = 0]: readonly number[]) =>
  known === 1 ? { fullReference, noReference } : undefined;

/** Doubles bit by bit, two float32 for each: JSON would lose -0 and what is not finite. */
function doublesTensor(numbers: readonly number[]): Tensor<"float32"> {
  const bits = new Float32Array(Float64Array.from(numbers).buffer);
  return float32Tensor([numbers.length / row, row, 2], bits);
}

async function readDoubles(
  tensor: Tensor<"float32"> | undefined,
): Promise<Float64Array | undefined> {
  const bits = await tensor?.read();
  if (bits === undefined || bits.length === 0 || bits.length % (2 * row) !== 0) return undefined;
  const { buffer, byteOffset, byteLength } = bits;
  // A copy begins at a multiple of eight, as doubles must.
  return new Float64Array(new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer);
}

const read = (values: unknown, name: string): unknown =>
  typeof values === "object" && values !== null ? Reflect.get(values, name) : undefined;

function readCount(values: unknown, name: string): number | undefined {
  const count = read(values, name);
  return typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
