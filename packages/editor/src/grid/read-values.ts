import {
  checkParameter,
  type Parameter,
  type ParameterFault,
  type ParameterValue,
} from "@diopter/engine/editing";
import { type NumberParameter, stepOf } from "../controls/number/number-range.js";
import { readNumber } from "../controls/number/read-number.js";
import { gridStrings as words } from "../strings/grid.js";

/** The values of an axis, or what is wrong with what was written. */
export type ValuesReading =
  | { readonly values: readonly ParameterValue[]; readonly fault?: undefined }
  | { readonly fault: ParameterFault };

/** Most runs of one grid. */
export const mostRuns = 400;

/**
 * Reads the values of an axis. Numbers: with commas, each a number, a formula, or a range such as
 * `10..50`, `10..50 step 10`, `0..1 in 5` (five values, both ends included). Choices, truth values
 * and texts: one on each line. Every value is held against the parameter; equal ones count once.
 */
export function readValues(parameter: Parameter, text: string): ValuesReading {
  const asNumber = numberParameter(parameter);
  const pieces = splitTopLevel(text, asNumber === undefined ? "\n" : ",");
  const values = new Set<ParameterValue>();
  for (const piece of pieces) {
    const reading =
      asNumber === undefined ? readPlain(parameter, piece) : readNumbers(asNumber, piece);
    if (reading.fault !== undefined) return reading;
    for (const value of reading.values) values.add(value);
    if (values.size > mostRuns) return tooMany(values.size);
  }
  if (values.size === 0) {
    return { fault: { message: words.noValues, remedy: words.noValuesRemedy } };
  }
  return { values: [...values] };
}

/** A seed is chosen like a whole number. */
function numberParameter(parameter: Parameter): NumberParameter | undefined {
  if (parameter.kind === "number" || parameter.kind === "integer") return parameter;
  if (parameter.kind !== "seed") return undefined;
  return { kind: "integer", default: parameter.default, min: 0, max: Number.MAX_SAFE_INTEGER };
}

/** Parts between separators that stand in no parentheses, without empty ones. */
function splitTopLevel(text: string, separator: "," | "\n"): readonly string[] {
  const pieces: string[] = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    const ends = sign === "\n" || (sign === separator && depth <= 0);
    if (ends) pieces.push("");
    else pieces[pieces.length - 1] += sign;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

function readPlain(parameter: Parameter, piece: string): ValuesReading {
  if (parameter.kind === "boolean" && piece !== "true" && piece !== "false") {
    return { fault: { message: words.wrongKind(piece), remedy: words.wrongKindRemedy } };
  }
  const value = parameter.kind === "boolean" ? piece === "true" : piece;
  const fault = checkParameter(parameter, value);
  return fault === undefined ? { values: [value] } : { fault };
}

const rangeParts = /^(.+?)\.\.(.+?)(?:\s*\b(step|in)\b\s*(.+))?$/;

function readNumbers(parameter: NumberParameter, piece: string): ValuesReading {
  const parts = rangeParts.exec(piece);
  if (parts === null) {
    const reading = readNumber(parameter, piece);
    return reading.fault === undefined ? { values: [reading.value] } : reading;
  }
  const [, start = "", end = "", word, amount] = parts;
  const free: NumberParameter = { kind: "number", default: 0 };
  const [from, to, by] = [start, end, amount ?? String(stepOf(parameter))].map((part) =>
    readNumber(free, part),
  );
  if (from?.fault !== undefined) return from;
  if (to?.fault !== undefined) return to;
  if (by?.fault !== undefined) return by;
  if (from === undefined || to === undefined || by === undefined) return badRange(piece);
  const series =
    word === "in"
      ? spread(from.value, to.value, by.value)
      : stepped(from.value, to.value, by.value);
  if (series === undefined) return badRange(piece);
  if (series.count > mostRuns) return tooMany(series.count);
  return checked(parameter, valuesIn(series));
}

function checked(parameter: NumberParameter, series: readonly number[]): ValuesReading {
  for (const value of series) {
    const fault = checkParameter(parameter, value);
    if (fault !== undefined) return { fault };
  }
  return { values: series };
}

interface Series {
  readonly from: number;
  readonly step: number;
  readonly count: number;
}

/** `count` values from one end to the other. */
function spread(from: number, to: number, count: number): Series | undefined {
  if (!Number.isInteger(count) || count < 2) return undefined;
  return { from, step: (to - from) / (count - 1), count };
}

/** From one end towards the other; the end itself where a step meets it. */
function stepped(from: number, to: number, step: number): Series | undefined {
  if (!(step > 0)) return undefined;
  const count = Math.floor(Math.abs(to - from) / step + 1e-9) + 1;
  return { from, step: to < from ? -step : step, count };
}

function valuesIn({ from, step, count }: Series): readonly number[] {
  // Twelve digits: what binary fractions add behind them is no one's intention.
  const tidy = (value: number) => Number(value.toPrecision(12)) + 0;
  return Array.from({ length: count }, (_, index) => tidy(from + index * step));
}

function badRange(piece: string): ValuesReading {
  return { fault: { message: words.badRange(piece), remedy: words.badRangeRemedy } };
}

function tooMany(count: number): ValuesReading {
  return { fault: { message: words.tooMany(count, mostRuns), remedy: words.fewer } };
}
