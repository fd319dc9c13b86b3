/** A linear axis: from values to pixels, with ticks at round numbers. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** An axis over the values, its ends on ticks; `start` and `end` are pixels. */
export function axisOver(values: readonly number[], start: number, end: number, count = 5): Axis {
  const finite = values.filter(Number.isFinite);
  const lowest = finite.length === 0 ? 0 : finite.reduce((a, b) => Math.min(a, b));
  const highest = finite.length === 0 ? 1 : finite.reduce((a, b) => Math.max(a, b));
  // Below this the ticks could not be told apart in print, nor by floating point.
  const least = 1e-9 * Math.max(Math.abs(lowest), Math.abs(highest), 1e-6);
  const span = highest - lowest;
  const step = roundStep((span > least ? span : Math.max(Math.abs(highest), least)) / count);
  const from = Math.floor(lowest / step) * step;
  const to = Math.max(Math.ceil(highest / step) * step, from + step);
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) =>
    Number((from + index * step).toPrecision(12)),
  );
  const place = (value: number) => start + ((value - from) / (to - from)) * (end - start);
  return { from, to, ticks, place };
}

/** The next of 1, 2, 5, 10, 20, ... that is not smaller. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-12)) ?? 10;
  return step * power;
}

/** The points of a line; where a value is not finite the line is broken. */
export function linePath(
  points: readonly number[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isDrawing = false;
  return points
    .map((value, index) => {
      if (!Number.isFinite(value)) {
        isDrawing = false;
        return "";
      }
      const command = isDrawing ? "L" : "M";
      isDrawing = true;
      return `${command}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
    })
    .join("");
}
