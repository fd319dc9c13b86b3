import { float32Tensor, type Tensor, type TilesValue } from "@diopter/engine";
import { cutTile } from "./cut-tile.js";
import { tileLayout } from "./layout.js";

/** All tiles of an [N, C, H, W] tensor, each [N, C, tile height, tile width], on the host. */
export async function cutTiles(
  whole: Tensor<"float32">,
  size: number,
  overlap: number,
): Promise<Pick<TilesValue, "layout" | "tiles">> {
  const [batch = 1, channels = 1, height = 1, width = 1] = whole.shape;
  const layout = tileLayout({ width, height, tileWidth: size, tileHeight: size, overlap });
  const data = await whole.read();
  const shape = [batch, channels, layout.tileHeight, layout.tileWidth];
  const tiles = layout.origins.map((_, index) =>
    float32Tensor(shape, cutTile(data, batch * channels, layout, index)),
  );
  return { layout, tiles };
}
