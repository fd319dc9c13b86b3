import { DiopterError, type TileLayout } from "@diopter/engine";

/** What to cover, and with tiles of which size. All in the same unit: pixels or latent elements. */
export interface TileLayoutOptions {
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Elements that neighbours share, at least; smaller than the tile along both axes. */
  readonly overlap: number;
}

/**
 * Covers a picture with tiles of one shape, row by row. Neighbours lie `tile − overlap` apart; the
 * last of each axis is pulled back inside, so that its overlap may be larger. A tile that is
 * larger than the picture shrinks to it along that axis.
 * @throws DiopterError `node/invalid-value` for sizes that are no positive whole numbers, and for
 * an overlap that leaves no step from tile to tile.
 */
export function tileLayout(options: TileLayoutOptions): TileLayout {
  const { width, height, overlap } = options;
  const sizes = { width, height, tileWidth: options.tileWidth, tileHeight: options.tileHeight };
  for (const [name, size] of Object.entries(sizes)) requireWhole(name, size, 1);
  requireWhole("overlap", overlap, 0);
  const tileWidth = Math.min(options.tileWidth, width);
  const tileHeight = Math.min(options.tileHeight, height);
  const columns = axisOrigins(width, tileWidth, overlap);
  const rows = axisOrigins(height, tileHeight, overlap);
  const origins = rows.flatMap((y) => columns.map((x) => ({ x, y })));
  return { width, height, tileWidth, tileHeight, overlap, origins };
}

/** The same layout on a grid that is `factor` times as fine: from latent elements to pixels. */
export function scaleLayout(layout: TileLayout, factor: number): TileLayout {
  requireWhole("factor", factor, 1);
  return {
    width: layout.width * factor,
    height: layout.height * factor,
    tileWidth: layout.tileWidth * factor,
    tileHeight: layout.tileHeight * factor,
    overlap: layout.overlap * factor,
    origins: layout.origins.map(({ x, y }) => ({ x: x * factor, y: y * factor })),
  };
}

/** The left corners of a layout's columns and the top corners of its rows, ascending. */
export function layoutAxes(layout: TileLayout): {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
} {
  return {
    columns: [...new Set(layout.origins.map(({ x }) => x))],
    rows: [...new Set(layout.origins.map(({ y }) => y))],
  };
}

function axisOrigins(length: number, tile: number, overlap: number): readonly number[] {
  if (tile === length) return [0];
  if (overlap >= tile) {
    throw new DiopterError("node/invalid-value", {
      message: `An overlap of ${overlap} leaves no step between tiles of ${tile}.`,
      remedy: "Make the overlap smaller than the tile.",
      port: "overlap",
    });
  }
  const step = tile - overlap;
  const count = Math.ceil((length - tile) / step) + 1;
  return Array.from({ length: count }, (_, index) => Math.min(index * step, length - tile));
}

function requireWhole(name: string, size: number, least: number): void {
  if (Number.isSafeInteger(size) && size >= least) return;
  throw new DiopterError("node/invalid-value", {
    message: `A tile layout's ${name} is a whole number of at least ${least}, not ${size}.`,
    remedy: `Correct the ${name}.`,
    port: name,
  });
}
