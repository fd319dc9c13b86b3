import type { Parameter } from "@diopter/engine/editing";

/** A parameter whose value is a number that people change by degrees. */
export type NumberParameter = Extract<Parameter, { kind: "number" | "integer" }>;

/** How far one press of an arrow key goes. */
export function stepOf(parameter: NumberParameter): number {
  if (parameter.kind === "integer") {
    const { spacing } = gridOf(parameter);
    return Math.max(1, Math.ceil((parameter.step ?? 1) / spacing)) * spacing;
  }
  if (parameter.step !== undefined) return parameter.step;
  const { min, max } = softRange(parameter);
  const span =
    min === undefined || max === undefined ? Math.abs(parameter.default) || 1 : max - min;
  return 10 ** Math.floor(Math.log10(span / 50));
}

/** The range that a slider spans: the soft limits, and the hard ones where there are none. */
export function softRange(parameter: NumberParameter): {
  readonly min: number | undefined;
  readonly max: number | undefined;
} {
  return { min: parameter.softMin ?? parameter.min, max: parameter.softMax ?? parameter.max };
}

/** The nearest value that the parameter's declaration allows. */
export function nearestAllowed(parameter: NumberParameter, value: number): number {
  if (parameter.kind === "number") return clamp(value, parameter.min, parameter.max);
  const { spacing, origin } = gridOf(parameter);
  const limit = Number.MAX_SAFE_INTEGER;
  const first = Math.ceil(((parameter.min ?? -limit) - origin) / spacing);
  const last = Math.floor(((parameter.max ?? limit) - origin) / spacing);
  const index = clamp(Math.round((value - origin) / spacing), first, last);
  // 0 rather than -0.
  return origin + index * spacing + 0;
}

/** Rounds away what binary fractions add: a value on the grid of `step` prints shortly. */
export function roundTo(value: number, step: number): number {
  const digits = Math.min(Math.max(0, Math.ceil(-Math.log10(step)) + 1), 15);
  return Number((Math.round(value / step) * step).toFixed(digits)) + 0;
}

/** One step up or down by a key: `fine` a tenth, `coarse` ten times as far. */
export function steppedValue(
  parameter: NumberParameter,
  value: number,
  direction: 1 | -1,
  pace: Pace,
): number {
  const step = stepOf(parameter) * (parameter.kind === "integer" && pace < 1 ? 1 : pace);
  const next = value + direction * step;
  return nearestAllowed(parameter, parameter.kind === "number" ? roundTo(next, step) : next);
}

/** Shift makes changes finer, Ctrl coarser. */
export type Pace = 0.1 | 1 | 10;

export function paceOf(event: {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): Pace {
  if (event.shiftKey) return 0.1;
  return event.ctrlKey || event.metaKey ? 10 : 1;
}

/** Allowed whole numbers stand `spacing` apart, and `origin` is one of them. */
function gridOf(parameter: Extract<NumberParameter, { kind: "integer" }>): {
  readonly spacing: number;
  readonly origin: number;
} {
  const multiple = parameter.multipleOf ?? 1;
  return parameter.odd === true
    ? { spacing: 2 * multiple, origin: multiple }
    : { spacing: multiple, origin: 0 };
}

function clamp(value: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY) {
  return Math.min(Math.max(value, min), max);
}
