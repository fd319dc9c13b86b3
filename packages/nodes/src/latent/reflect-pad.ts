/** A picture on the host: planes × height × width. */
export interface Planes {
  readonly data: Float32Array;
  readonly planes: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Widens a picture to the right and below by mirroring it without repeating the border, as often as
 * needed where it is smaller than what is asked for. Returns the picture itself if it fits already.
 */
export function reflectPad(picture: Planes, width: number, height: number): Planes {
  if (picture.width === width && picture.height === height) return picture;
  const columns = Int32Array.from({ length: width }, (_, x) => mirrored(x, picture.width));
  const data = new Float32Array(picture.planes * width * height);
  for (let line = 0; line < picture.planes * height; line += 1) {
    const plane = Math.floor(line / height);
    const row = plane * picture.height + mirrored(line % height, picture.height);
    const from = row * picture.width;
    const to = line * width;
    for (let x = 0; x < width; x += 1) data[to + x] = picture.data[from + (columns[x] ?? 0)] ?? 0;
  }
  return { data, planes: picture.planes, width, height };
}

/** 0, 1, .., length − 1, length − 2, .., 1, 0, 1, .. */
function mirrored(place: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = place % period;
  return within < length ? within : period - within;
}
