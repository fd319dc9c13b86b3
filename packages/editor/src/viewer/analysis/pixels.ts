/** Pixels of a picture: 8 bits a channel, red, green, blue, alpha, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Red, green, blue and alpha of one pixel, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** The pixel in column x and row y; undefined outside. */
export function pixelAt(pixels: Pixels, x: number, y: number): Colour | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const inside = column >= 0 && row >= 0 && column < pixels.width && row < pixels.height;
  if (!inside) return undefined;
  const at = 4 * (row * pixels.width + column);
  const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.data.subarray(at, at + 4);
  return [red, green, blue, alpha];
}

/** Brightness as the eye weighs it: Rec. 709 luma of the encoded values, 0 to 255. */
export function lumaOf(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
