import type { TileLayout } from "@diopter/engine";
import { cutTile, layoutAxes, scaleLayout } from "../tiles/index.js";
import type { Planes } from "./reflect-pad.js";

/** A pass over a picture or latent, tile by tile, between grids of different fineness. */
export interface TiledPass {
  readonly source: Planes;
  /** On the coarser of the two grids. */
  readonly layout: TileLayout;
  /** Elements of the source for each of the layout. */
  readonly sourceFactor: number;
  /** Elements of the target for each of the layout. */
  readonly targetFactor: number;
  /** Where results go; what lies beyond its right and lower border is dropped. */
  readonly target: Planes;
  /** planes × tile height × tile width of the source → the same of the target. */
  run(tile: Float32Array, width: number, height: number): Promise<Float32Array>;
  /** Called after each tile. */
  finished(tiles: number): void;
}

/**
 * Runs every tile and keeps of each what lies nearer to it than to its neighbours: the overlap is
 * cut in the middle. Where it is at least twice what the pass looks beyond an element, the result
 * is that of the whole picture. Memory is one tile's, beside source and target.
 */
export async function runTiles(pass: TiledPass): Promise<void> {
  const { source, layout, sourceFactor, targetFactor, target } = pass;
  const sourceLayout = scaleLayout(layout, sourceFactor);
  const targetLayout = scaleLayout(layout, targetFactor);
  const { columns, rows } = layoutAxes(targetLayout);
  const across = ownRanges(columns, targetLayout.tileWidth);
  const down = ownRanges(rows, targetLayout.tileHeight);
  for (const [index, origin] of targetLayout.origins.entries()) {
    const tile = cutTile(source.data, source.planes, sourceLayout, index);
    const result = await pass.run(tile, sourceLayout.tileWidth, sourceLayout.tileHeight);
    const horizontal = across[index % columns.length];
    const vertical = down[Math.floor(index / columns.length)];
    if (horizontal === undefined || vertical === undefined) continue;
    paste(result, targetLayout, origin, target, { horizontal, vertical });
    pass.finished(index + 1);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** For each tile of an axis, the elements that are its own: up to the middle of each overlap. */
export function ownRanges(origins: readonly number[], tile: number): readonly Range[] {
  const middles = origins
    .slice(1)
    .map((next, index) => Math.ceil((next + (origins[index] ?? 0) + tile) / 2));
  return origins.map((origin, index) => ({
    from: middles[index - 1] ?? origin,
    to: middles[index] ?? origin + tile,
  }));
}

function paste(
  tile: Float32Array,
  { tileWidth, tileHeight }: TileLayout,
  origin: { readonly x: number; readonly y: number },
  target: Planes,
  { horizontal, vertical }: { readonly horizontal: Range; readonly vertical: Range },
): void {
  const right = Math.min(horizontal.to, target.width);
  const bottom = Math.min(vertical.to, target.height);
  for (let plane = 0; plane < target.planes; plane += 1) {
    for (let y = vertical.from; y < bottom; y += 1) {
      const line = (plane * tileHeight + y - origin.y) * tileWidth - origin.x;
      const to = (plane * target.height + y) * target.width + horizontal.from;
      target.data.set(tile.subarray(line + horizontal.from, line + right), to);
    }
  }
}
