import type { TilesPreview } from "@diopter/server/protocol";

/** A tile and the steps that it has taken. */
export type TileRecord = TilesPreview["tiles"][number];
type TileStep = TileRecord["steps"][number];

/** Where a tile stands after a number of steps. */
export interface TileState {
  readonly status: "waiting" | "running" | "finished";
  /** Undefined before its first step is known. */
  readonly timestep: number | undefined;
  readonly category: string;
  readonly gain: TileStep["gain"];
}

/** Steps of the tile that took the most. */
export function lastStep({ tiles }: TilesPreview): number {
  return tiles.reduce((most, { steps }) => Math.max(most, steps.length), 0);
}

/** The timestep that all tiles begin with. */
export function firstTimestep({ tiles }: TilesPreview): number {
  return tiles.reduce((most, { steps }) => Math.max(most, steps[0]?.from ?? 0), 0);
}

/** Where a tile stands when `step` steps are done, by its own count. */
export function stateAt({ steps, finished }: TileRecord, step: number): TileState {
  const taken = steps[Math.min(step, steps.length) - 1];
  if (taken === undefined) {
    return {
      status: "waiting",
      timestep: steps[0]?.from,
      category: steps[0]?.category ?? "",
      gain: undefined,
    };
  }
  const isOver = finished && step >= steps.length;
  return {
    status: isOver ? "finished" : "running",
    timestep: taken.to,
    category: taken.category,
    gain: taken.gain,
  };
}

/** All categories that occur, in the order in which they first did. */
export function categoriesOf({ tiles }: TilesPreview): readonly string[] {
  const found = new Set(tiles.flatMap(({ steps }) => steps.map(({ category }) => category)));
  found.delete("");
  return [...found];
}

/** Part of a picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a tile is drawn as: half of every overlap belongs to each neighbour, so that none is hidden. */
export function drawnBox({ layout }: TilesPreview, index: number): Box {
  const { width, height, tileWidth, tileHeight, origins } = layout;
  const origin = origins[index] ?? { x: 0, y: 0 };
  const [left, right] = bordersOf(origin.x, tileWidth, width, [
    ...new Set(origins.map(({ x }) => x)),
  ]);
  const [top, bottom] = bordersOf(origin.y, tileHeight, height, [
    ...new Set(origins.map(({ y }) => y)),
  ]);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function bordersOf(
  start: number,
  length: number,
  whole: number,
  starts: readonly number[],
): readonly [number, number] {
  const before = starts.filter((other) => other < start);
  const after = starts.filter((other) => other > start);
  const previousEnd = before.length === 0 ? start : Math.max(...before) + length;
  const nextStart = after.length === 0 ? start + length : Math.min(...after);
  const from = previousEnd > start ? (start + previousEnd) / 2 : start;
  const end = Math.min(start + length, whole);
  return [from, nextStart < end ? (nextStart + end) / 2 : end];
}

/** Where the arrow keys lead. */
export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** The nearest tile in a direction; the same one where there is none. */
export function neighbour(tiles: TilesPreview, index: number, direction: Direction): number {
  const { origins } = tiles.layout;
  const from = origins[index];
  if (from === undefined) return index;
  const [forward, across] = axes[direction];
  let best = index;
  let distance = Number.POSITIVE_INFINITY;
  origins.forEach((other, candidate) => {
    const ahead = forward(other) - forward(from);
    if (ahead <= 0) return;
    // Straight ahead first: a tile of the same row or column wins over one that is nearer aslant.
    const length = ahead + 4 * Math.abs(across(other) - across(from));
    if (length >= distance) return;
    best = candidate;
    distance = length;
  });
  return best;
}

type Place = { readonly x: number; readonly y: number };
const axes: Readonly<Record<Direction, readonly [(p: Place) => number, (p: Place) => number]>> = {
  ArrowLeft: [({ x }) => -x, ({ y }) => y],
  ArrowRight: [({ x }) => x, ({ y }) => y],
  ArrowUp: [({ y }) => -y, ({ x }) => x],
  ArrowDown: [({ y }) => y, ({ x }) => x],
};

/** Tells the four arrow keys from others. */
export function isDirection(key: string): key is Direction {
  return Object.hasOwn(axes, key);
}
