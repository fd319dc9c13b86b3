import type { Pause, Picture } from "./degraded-picture.js";
import type { Kernel } from "./kernels.js";

const rowsBetweenPauses = 64;
/** 441 weights below this do not reach the last bit of a float32 between 0 and 1. */
const negligible = 1e-12;

/** Where the rows and columns of the widened picture come from. */
interface Places {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Each plane correlated with the kernel, sums in float64; the size stays. Borders are mirrored
 * without repeating the edge pixel.
 */
export async function correlate(picture: Picture, kernel: Kernel, pause: Pause): Promise<Picture> {
  const { width, height, pixels } = picture;
  const places = mirroredPlaces(width, height, kernel);
  const area = width * height;
  const result = new Float32Array(pixels.length);
  for (let plane = 0; plane < pixels.length / area; plane += 1) {
    const source = widen(pixels.subarray(plane * area, (plane + 1) * area), width, places);
    const target = result.subarray(plane * area, (plane + 1) * area);
    for (let top = 0; top < height; top += rowsBetweenPauses) {
      const bottom = Math.min(top + rowsBetweenPauses, height);
      correlateRows(source, places.columns.length, kernel, target, width, top, bottom);
      await pause();
    }
  }
  return { width, height, pixels: result };
}

function correlateRows(
  source: Float32Array,
  stride: number,
  kernel: Kernel,
  target: Float32Array,
  width: number,
  top: number,
  bottom: number,
): void {
  const sums = new Float64Array(width);
  for (let y = top; y < bottom; y += 1) {
    sums.fill(0);
    for (let tap = 0; tap < kernel.weights.length; tap += 1) {
      const weight = kernel.weights[tap] ?? 0;
      if (Math.abs(weight) < negligible) continue;
      const from = (y + Math.floor(tap / kernel.width)) * stride + (tap % kernel.width);
      for (let x = 0; x < width; x += 1) {
        sums[x] = (sums[x] ?? 0) + weight * (source[from + x] ?? 0);
      }
    }
    target.set(sums, y * width);
  }
}

function widen(plane: Float32Array, width: number, { columns, rows }: Places): Float32Array {
  const widened = new Float32Array(columns.length * rows.length);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      widened[to] = plane[row * width + column] ?? 0;
      to += 1;
    }
  }
  return widened;
}

/**
 * Pictures smaller than the margin are mirrored again and again. PyTorch widens both axes at once,
 * by no more than the smaller one allows; square kernels follow it, so that results agree.
 */
function mirroredPlaces(width: number, height: number, kernel: Kernel): Places {
  const across = (kernel.width - 1) / 2;
  const down = (kernel.height - 1) / 2;
  const together = across === down ? Math.min(width, height) : undefined;
  return {
    columns: mirroredAxis(width, across, together ?? width),
    rows: mirroredAxis(height, down, together ?? height),
  };
}

function mirroredAxis(size: number, margin: number, smallerSize: number): Int32Array {
  let places = Int32Array.from({ length: size }, (_, place) => place);
  for (let missing = margin, smallest = smallerSize; missing > 0; ) {
    const step = Math.min(missing, Math.max(1, smallest - 1));
    places = mirrorOnce(places, step);
    missing -= step;
    smallest += 2 * step;
  }
  return places;
}

function mirrorOnce(places: Int32Array, step: number): Int32Array<ArrayBuffer> {
  const last = places.length - 1;
  return Int32Array.from({ length: places.length + 2 * step }, (_, index) => {
    const distance = Math.abs(index - step);
    const mirrored = distance > last ? 2 * last - distance : distance;
    return places[Math.max(0, mirrored)] ?? 0;
  });
}
