import { DiopterError, type TileLayout, type VaeValue } from "@diopter/engine";
import { tileLayout } from "../tiles/index.js";

/** The side of the smallest tile, in latent elements. */
export const leastTile = 8;

/**
 * Tiles over a latent of `width` × `height` elements, which share twice the VAE's reach, or three
 * quarters of a tile where that is less.
 * @param tile side in latent elements.
 */
export function latentLayout(
  width: number,
  height: number,
  tile: number,
  vae: Pick<VaeValue, "receptiveField" | "downscale">,
): TileLayout {
  const reach = Math.ceil(vae.receptiveField / vae.downscale);
  const overlap = Math.min(2 * reach, Math.floor((tile * 3) / 4));
  return tileLayout({ width, height, tileWidth: tile, tileHeight: tile, overlap });
}

/** A tile's side in pixels as latent elements, at least `leastTile`. */
export function tileElements(pixels: number, downscale: number): number {
  return Math.max(Math.floor(pixels / downscale), leastTile);
}

/** @throws DiopterError `run/cancelled` once the signal is aborted. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new DiopterError("run/cancelled", {
    message: "The run was cancelled.",
    remedy: "Run it again to go on.",
    cause: signal.reason,
  });
}
