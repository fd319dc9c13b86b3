/** Interleaved float pixels, row by row, in linear light or encoded as the maker says. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float64Array;
}

export type PixelOf = (x: number, y: number) => readonly number[];

export const drawRaster = (
  width: number,
  height: number,
  channels: number,
  pixelOf: PixelOf,
): Raster => {
  const data = new Float64Array(width * height * channels);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set(pixelOf(x, y), (y * width + x) * channels);
  return { width, height, channels, data };
};

export const sample = ({ width, channels, data }: Raster, x: number, y: number, channel: number) =>
  data[(y * width + x) * channels + channel] ?? 0;

export const crop = (raster: Raster, left: number, top: number, width: number, height: number) =>
  drawRaster(width, height, raster.channels, (x, y) =>
    Array.from({ length: raster.channels }, (_, channel) =>
      sample(raster, left + x, top + y, channel),
    ),
  );

/** The mean of each block of `factor` by `factor` pixels. */
export const shrink = (raster: Raster, factor: number): Raster =>
  drawRaster(
    Math.floor(raster.width / factor),
    Math.floor(raster.height / factor),
    raster.channels,
    (x, y) =>
      Array.from({ length: raster.channels }, (_, channel) => {
        let sum = 0;
        for (let row = 0; row < factor; row += 1)
          for (let column = 0; column < factor; column += 1)
            sum += sample(raster, x * factor + column, y * factor + row, channel);
        return sum / (factor * factor);
      }),
  );

const blurLine = (raster: Raster, stepX: number, stepY: number, weights: readonly number[]) =>
  drawRaster(raster.width, raster.height, raster.channels, (x, y) =>
    Array.from({ length: raster.channels }, (_, channel) =>
      weights.reduce((sum, weight, index) => {
        const offset = index - (weights.length - 1) / 2;
        const column = Math.min(raster.width - 1, Math.max(0, x + offset * stepX));
        const row = Math.min(raster.height - 1, Math.max(0, y + offset * stepY));
        return sum + weight * sample(raster, column, row, channel);
      }, 0),
    ),
  );

/** Gaussian blur with a standard deviation in pixels; edges repeat. */
export const blur = (raster: Raster, deviation: number): Raster => {
  const reach = Math.ceil(deviation * 3);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * deviation * deviation)),
  );
  const total = bell.reduce((sum, weight) => sum + weight, 0);
  const weights = bell.map((weight) => weight / total);
  return blurLine(blurLine(raster, 1, 0, weights), 0, 1, weights);
};
