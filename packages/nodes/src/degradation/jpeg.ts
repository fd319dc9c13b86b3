import { DiopterError } from "@diopter/engine";
import { loadSharp } from "../pictures/load-sharp.js";
import { fromBytes, type Picture, toBytes } from "./degraded-picture.js";
import type { JpegOperation } from "./recipe.js";

/** libjpeg's own limit. */
const largestSide = 65_500;

/**
 * Compresses to JPEG and back: 4:2:0, baseline, standard tables. Pillow's `save(quality=...,
 * subsampling="4:2:0")` gives the same bytes of pixels where both rest on libjpeg-turbo's code.
 *
 * @throws DiopterError `image/too-large` when a side exceeds what JPEG can hold.
 */
export async function compress(picture: Picture, { quality }: JpegOperation): Promise<Picture> {
  const { width, height } = picture;
  if (Math.max(width, height) > largestSide) {
    throw new DiopterError("image/too-large", {
      message: `JPEG holds at most ${largestSide} pixels a side, not ${width} × ${height}.`,
      remedy: "Degrade a crop of the picture, or choose the bicubic preset.",
      port: "image",
    });
  }
  const raw = { width, height, channels: 3 } as const;
  const sharp = await loadSharp();
  const encoded = await sharp(toBytes(picture), { raw, limitInputPixels: false })
    .jpeg({ quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
  const decoded = await sharp(encoded, { limitInputPixels: false }).raw().toBuffer();
  return fromBytes(decoded, width, height);
}
