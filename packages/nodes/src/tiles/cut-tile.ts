import type { TileLayout } from "@diopter/engine";

/**
 * Copies one tile out of a picture.
 * @param data planes × layout height × layout width.
 * @param planes channels, times pictures in a batch.
 * @param index the tile's place in the layout's row-major order.
 * @returns planes × tile height × tile width.
 * @throws RangeError when the layout has no such tile or `data` has another size.
 */
export function cutTile(
  data: Float32Array,
  planes: number,
  layout: TileLayout,
  index: number,
): Float32Array {
  const { width, height, tileWidth, tileHeight } = layout;
  const origin = layout.origins[index];
  if (origin === undefined) throw new RangeError(`The layout has no tile ${index}.`);
  if (data.length !== planes * width * height) {
    throw new RangeError(
      `The layout covers ${planes} × ${height} × ${width}, not ${data.length} elements.`,
    );
  }
  const tile = new Float32Array(planes * tileWidth * tileHeight);
  for (let line = 0; line < planes * tileHeight; line += 1) {
    const plane = Math.floor(line / tileHeight);
    const y = origin.y + (line % tileHeight);
    const start = (plane * height + y) * width + origin.x;
    tile.set(data.subarray(start, start + tileWidth), line * tileWidth);
  }
  return tile;
}
