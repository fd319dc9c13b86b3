import {
  DiopterError,
  float32Tensor,
  type RunContext,
  type Tensor,
  type TilesValue,
} from "@diopter/engine";
import { scaleLayout } from "./layout.js";
import { accumulateWhole } from "./tile-accumulator.js";

/**
 * Merges the tiles of an [N, C, H, W] tensor. Tiles that became larger by a whole factor merge to
 * a tensor that is larger by it.
 * @throws DiopterError `node/invalid-value` when the tiles do not fit their layout.
 */
export async function mergeTensors(
  { layout, tiles }: TilesValue,
  { signal, progress }: Pick<RunContext, "signal" | "progress">,
): Promise<Tensor<"float32">> {
  const [batch = 1, channels = 1, height = 1, width = 1] = tiles[0]?.shape ?? [];
  const factor = width / layout.tileWidth;
  const fits =
    Number.isInteger(factor) &&
    height === factor * layout.tileHeight &&
    tiles.length === layout.origins.length &&
    tiles.every(({ shape }) => String(shape) === String([batch, channels, height, width]));
  if (!fits) throw misfit(layout, tiles);
  const scaled = scaleLayout(layout, factor);
  const { accumulator, data } = accumulateWhole(scaled, batch * channels);
  for (const [index, tile] of tiles.entries()) {
    signal.throwIfAborted();
    accumulator.add(await tile.read());
    progress(index + 1, tiles.length, "tile");
  }
  return float32Tensor([batch, channels, scaled.height, scaled.width], data);
}

/** @throws DiopterError `node/invalid-value` when the tiles are of the other kind. */
export function requireContent(value: TilesValue, content: TilesValue["content"]): void {
  if (value.content === content) return;
  throw new DiopterError("node/invalid-value", {
    message: `These are tiles of ${value.content === "image" ? "a picture" : "a latent"}.`,
    remedy: `Merge them with tiles/${value.content === "image" ? "merge" : "merge-latent"}.`,
    port: "tiles",
  });
}

function misfit(layout: TilesValue["layout"], tiles: TilesValue["tiles"]): DiopterError {
  const shapes = [...new Set(tiles.map(({ shape }) => `[${shape.join(", ")}]`))].join(", ");
  return new DiopterError("node/invalid-value", {
    message:
      `${tiles.length} tiles of ${shapes} do not fit a layout of ${layout.origins.length} tiles ` +
      `of ${layout.tileWidth} × ${layout.tileHeight}.`,
    remedy: "Keep all tiles, and enlarge all of them by the same whole factor.",
    port: "tiles",
  });
}
