/** One channel of a picture: height × width, 0..1. */
export interface Plane {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** The pictures of an [N, 3, H, W] array as one luma plane each: Y = .299R + .587G + .114B. */
export function lumaPlanes(pixels: Float32Array, width: number, height: number): readonly Plane[] {
  const size = width * height;
  return Array.from({ length: pixels.length / (3 * size) }, (_, picture) => {
    const red = picture * 3 * size;
    const data = new Float32Array(size);
    for (let place = 0; place < size; place += 1) {
      data[place] =
        0.299 * (pixels[red + place] ?? 0) +
        0.587 * (pixels[red + size + place] ?? 0) +
        0.114 * (pixels[red + 2 * size + place] ?? 0);
    }
    return { data, width, height };
  });
}

/** The pictures' channels, each a plane. */
export function channelPlanes(
  pixels: Float32Array,
  width: number,
  height: number,
): readonly Plane[] {
  const size = width * height;
  return Array.from({ length: pixels.length / size }, (_, plane) => ({
    data: pixels.subarray(plane * size, (plane + 1) * size),
    width,
    height,
  }));
}

/** A plane without `border` pixels on every side. */
export function withoutBorder(plane: Plane, border: number): Plane {
  if (border === 0) return plane;
  const width = plane.width - 2 * border;
  const height = plane.height - 2 * border;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const start = (y + border) * plane.width + border;
    data.set(plane.data.subarray(start, start + width), y * width);
  }
  return { data, width, height };
}

/** The place that a position outside 0..length − 1 mirrors to, the edge itself repeated. */
export function mirror(position: number, length: number): number {
  const period = 2 * length;
  const inside = ((position % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
}
