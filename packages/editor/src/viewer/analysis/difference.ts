import type { ColourTable } from "./colour-map.js";
import type { Pixels } from "./pixels.js";

/** How far two pictures are apart, over red, green and blue of 0 to 255. */
export interface Distance {
  /** Peak signal to noise ratio in dB; infinite where the pictures are equal. */
  readonly psnr: number;
  readonly meanAbsolute: number;
  readonly largest: number;
  /** Share of the pixels, 0 to 1, that differ at all. */
  readonly changed: number;
}

/** Compares two pictures of one size. @throws RangeError where their sizes differ. */
export function measureDistance(a: Pixels, b: Pixels): Distance {
  requireSameSize(a, b);
  let squares = 0;
  let absolute = 0;
  let largest = 0;
  let changed = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    let here = 0;
    for (let channel = at; channel < at + 3; channel += 1) {
      const apart = Math.abs((a.data[channel] ?? 0) - (b.data[channel] ?? 0));
      squares += apart * apart;
      absolute += apart;
      if (apart > here) here = apart;
    }
    if (here > 0) changed += 1;
    if (here > largest) largest = here;
  }
  const count = a.width * a.height;
  const psnr =
    squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 ** 2 * 3 * count) / squares);
  return { psnr, meanAbsolute: absolute / (3 * count), largest, changed: changed / count };
}

/**
 * The largest difference of the three channels at each pixel, times `gain`, in the colours of a
 * table of 256. @throws RangeError where the sizes differ.
 */
export function drawDifference(a: Pixels, b: Pixels, gain: number, table: ColourTable): Pixels {
  requireSameSize(a, b);
  const data = new Uint8ClampedArray(a.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const apart = Math.max(
      Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)),
      Math.abs((a.data[at + 1] ?? 0) - (b.data[at + 1] ?? 0)),
      Math.abs((a.data[at + 2] ?? 0) - (b.data[at + 2] ?? 0)),
    );
    const entry = 3 * Math.min(255, Math.round(apart * gain));
    data[at] = table[entry] ?? 0;
    data[at + 1] = table[entry + 1] ?? 0;
    data[at + 2] = table[entry + 2] ?? 0;
    data[at + 3] = 255;
  }
  return { width: a.width, height: a.height, data };
}

function requireSameSize(a: Pixels, b: Pixels): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new RangeError(`${a.width}×${a.height} and ${b.width}×${b.height} differ in size`);
}
