import sharp, { type Channels, type Sharp } from "sharp";
import { drawRaster, type Raster, sample } from "./raster.js";

const quantized = (raster: Raster, white: number): number[] =>
  Array.from(raster.data, (value) => Math.round(Math.min(1, Math.max(0, value)) * white));

const channelCount = ({ channels }: Raster): Channels => {
  if (channels === 1 || channels === 3 || channels === 4) return channels;
  throw new RangeError(`no picture format for ${channels} channels`);
};

/** Values in [0, 1] as an 8-bit picture, rounded to the nearest. */
export const eightBit = (raster: Raster): Sharp =>
  sharp(Buffer.from(quantized(raster, 255)), {
    raw: { width: raster.width, height: raster.height, channels: channelCount(raster) },
  });

/** Values in [0, 1] as a 16-bit PNG, gray or RGB by the number of channels. */
export const sixteenBitPng = (raster: Raster): Sharp =>
  sharp(Uint16Array.from(quantized(raster, 65535)), {
    raw: { width: raster.width, height: raster.height, channels: channelCount(raster) },
  })
    .toColourspace(raster.channels === 1 ? "grey16" : "rgb16")
    .png({ compressionLevel: 9 });

/** One channel: the luma of ITU-R BT.601 from sRGB-encoded values. */
export const toGray = (raster: Raster): Raster =>
  drawRaster(raster.width, raster.height, 1, (x, y) => [
    0.299 * sample(raster, x, y, 0) +
      0.587 * sample(raster, x, y, 1) +
      0.114 * sample(raster, x, y, 2),
  ]);

/** The picture turned a quarter to the left, so that showing it upright turns it to the right. */
export const turnedLeft = (raster: Raster): Raster =>
  drawRaster(raster.height, raster.width, raster.channels, (x, y) =>
    Array.from({ length: raster.channels }, (_, channel) =>
      sample(raster, raster.width - 1 - y, x, channel),
    ),
  );
