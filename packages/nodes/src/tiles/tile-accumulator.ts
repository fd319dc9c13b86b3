import type { TileLayout } from "@diopter/engine";
import { blendWeights } from "./gaussian-weights.js";
import { layoutAxes } from "./layout.js";

/** Rows of the merged picture that no later tile touches: planes × rows × layout width. */
export interface RowBand {
  readonly y: number;
  readonly rows: number;
  readonly data: Float32Array;
}

/**
 * Merges overlapping tiles with Gaussian weights, Σ(w·tile)/Σw, and hands out rows as soon as they
 * are final. Memory is one row of tiles, whatever the picture's height. Tiles that were not
 * changed merge to the picture they were cut from, rounded once to float32.
 */
export class TileAccumulator {
  readonly #layout: TileLayout;
  readonly #planes: number;
  readonly #emit: (band: RowBand) => void;
  readonly #rows: readonly number[];
  readonly #columns: readonly number[];
  readonly #rowWeights: readonly Float64Array[];
  readonly #columnWeights: readonly Float64Array[];
  /** planes × tile height × width, from the top of the current row of tiles. */
  readonly #sums: Float64Array;
  #next = 0;

  /**
   * @param planes channels, times pictures in a batch.
   * @param emit receives the bands from top to bottom; each band's data is its own.
   */
  constructor(layout: TileLayout, planes: number, emit: (band: RowBand) => void) {
    const { columns, rows } = layoutAxes(layout);
    this.#layout = layout;
    this.#planes = planes;
    this.#emit = emit;
    this.#rows = rows;
    this.#columns = columns;
    this.#rowWeights = blendWeights(rows, layout.tileHeight, layout.height);
    this.#columnWeights = blendWeights(columns, layout.tileWidth, layout.width);
    this.#sums = new Float64Array(planes * layout.tileHeight * layout.width);
  }

  /**
   * Adds the layout's next tile: planes × tile height × tile width.
   * @throws RangeError for a tile of another size, or one more than the layout has.
   */
  add(tile: Float32Array): void {
    const { tileHeight, tileWidth, origins } = this.#layout;
    if (this.#next >= origins.length) throw new RangeError("All tiles are merged already.");
    if (tile.length !== this.#planes * tileHeight * tileWidth) {
      throw new RangeError(
        `A tile of ${this.#planes} × ${tileHeight} × ${tileWidth} was expected, ` +
          `not ${tile.length} elements.`,
      );
    }
    const column = this.#next % this.#columns.length;
    const row = Math.floor(this.#next / this.#columns.length);
    this.#accumulate(tile, row, column);
    this.#next += 1;
    if (column === this.#columns.length - 1) this.#finishRow(row);
  }

  #accumulate(tile: Float32Array, row: number, column: number): void {
    const { tileHeight, tileWidth, width } = this.#layout;
    const sums = this.#sums;
    const left = this.#columns[column] ?? 0;
    const down = this.#rowWeights[row] ?? new Float64Array(0);
    const across = this.#columnWeights[column] ?? new Float64Array(0);
    for (let line = 0; line < this.#planes * tileHeight; line += 1) {
      const weight = down[line % tileHeight] ?? 0;
      const from = line * tileWidth;
      const to = line * width + left;
      for (let x = 0; x < tileWidth; x += 1) {
        sums[to + x] = (sums[to + x] ?? 0) + weight * (across[x] ?? 0) * (tile[from + x] ?? 0);
      }
    }
  }

  /** Emits the rows above the next row of tiles and moves what overlaps with it to the top. */
  #finishRow(row: number): void {
    const { tileHeight, width } = this.#layout;
    const y = this.#rows[row] ?? 0;
    const rows = (this.#rows[row + 1] ?? y + tileHeight) - y;
    const data = new Float32Array(this.#planes * rows * width);
    for (let plane = 0; plane < this.#planes; plane += 1) {
      const start = plane * tileHeight * width;
      const end = start + tileHeight * width;
      data.set(this.#sums.subarray(start, start + rows * width), plane * rows * width);
      this.#sums.copyWithin(start, start + rows * width, end);
      this.#sums.fill(0, end - rows * width, end);
    }
    this.#emit({ y, rows, data });
  }
}

/** Merges into one array of planes × height × width, where the whole picture is wanted anyway. */
export function accumulateWhole(
  layout: TileLayout,
  planes: number,
): { readonly accumulator: TileAccumulator; readonly data: Float32Array } {
  const { width, height } = layout;
  const data = new Float32Array(planes * height * width);
  const accumulator = new TileAccumulator(layout, planes, (band) => {
    const size = band.rows * width;
    for (let plane = 0; plane < planes; plane += 1) {
      const rows = band.data.subarray(plane * size, (plane + 1) * size);
      data.set(rows, (plane * height + band.y) * width);
    }
  });
  return { accumulator, data };
}
