import {
  type NumberParameter,
  nearestAllowed,
  type Pace,
  roundTo,
  stepOf,
} from "./number-range.js";

/** A number that is being dragged; begins with {@link beginDrag}. */
export interface NumberDrag {
  readonly from: number;
  /** Where the drag is, before it is rounded to an allowed value. */
  readonly exact: number;
  readonly value: number;
}

/** Movement in pixels that turns a press into a drag. */
export const dragThreshold = 3;

const pixelsPerStep = 4;

export function beginDrag(value: number): NumberDrag {
  return { from: value, exact: value, value };
}

/**
 * Moves a drag by `pixels` to the right. Only the movement since the last call is scaled by the
 * pace, so that pressing or releasing a key in mid-drag makes no jump. Past a limit the drag waits
 * there: turning back takes effect at once.
 */
export function moveDrag(
  drag: NumberDrag,
  parameter: NumberParameter,
  pixels: number,
  pace: Pace,
): NumberDrag {
  const step = stepOf(parameter);
  const moved = drag.exact + (pixels / pixelsPerStep) * step * pace;
  const exact = Math.min(
    Math.max(moved, parameter.min ?? Number.NEGATIVE_INFINITY),
    parameter.max ?? Number.POSITIVE_INFINITY,
  );
  const rounded = parameter.kind === "number" ? roundTo(exact, step * Math.min(pace, 1)) : exact;
  return { from: drag.from, exact, value: nearestAllowed(parameter, rounded) };
}
