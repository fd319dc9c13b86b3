import { lumaOf, type Pixels } from "./pixels.js";

/** How many pixels have each of the 256 values. Wholly transparent pixels are not counted. */
export interface Histogram {
  readonly red: Uint32Array;
  readonly green: Uint32Array;
  readonly blue: Uint32Array;
  readonly luma: Uint32Array;
  readonly counted: number;
}

export function countHistogram({ data }: Pixels): Histogram {
  const counts = () => new Uint32Array(256);
  const [red, green, blue, luma] = [counts(), counts(), counts(), counts()];
  let counted = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    increment(red, r);
    increment(green, g);
    increment(blue, b);
    increment(luma, Math.round(lumaOf(r, g, b)));
    counted += 1;
  }
  return { red, green, blue, luma, counted };
}

function increment(counts: Uint32Array, value: number): void {
  counts[value] = (counts[value] ?? 0) + 1;
}

/** What a person reads from a histogram: centre, spread and what is lost at the ends. */
export interface Tonality {
  readonly mean: number;
  readonly median: number;
  /** Shares, 0 to 1, of pixels that are wholly black and wholly white. */
  readonly black: number;
  readonly white: number;
}

export function tonalityOf({ luma, counted }: Histogram): Tonality {
  if (counted === 0) return { mean: 0, median: 0, black: 0, white: 0 };
  let sum = 0;
  let seen = 0;
  let median = -1;
  for (let value = 0; value < 256; value += 1) {
    const count = luma[value] ?? 0;
    sum += count * value;
    seen += count;
    if (median < 0 && seen * 2 >= counted) median = value;
  }
  const share = (value: number) => (luma[value] ?? 0) / counted;
  return { mean: sum / counted, median, black: share(0), white: share(255) };
}

/**
 * The outline of one channel as points of an SVG path, 256 wide and `height` high. A few bins that
 * tower above the rest, such as a black border, do not flatten everything else: heights are
 * measured against the 99th percentile of the bins that are not empty.
 */
export function histogramOutline(counts: Uint32Array, ceiling: number, height: number): string {
  const points = Array.from(counts, (count, value) => {
    const y = height - Math.min(count / Math.max(ceiling, 1), 1) * height;
    return `${value},${y.toFixed(1)}`;
  });
  return `M0,${height} L${points.join(" ")} L255,${height} Z`;
}

/** The count that reaches the top of the drawing, for several channels together. */
export function histogramCeiling(channels: readonly Uint32Array[]): number {
  const filled = channels.flatMap((counts) => Array.from(counts).filter((count) => count > 0));
  filled.sort((a, b) => a - b);
  return filled[Math.floor((filled.length - 1) * 0.99)] ?? 1;
}
