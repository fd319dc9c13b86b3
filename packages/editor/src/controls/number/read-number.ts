import { checkParameter } from "@diopter/engine/editing";
import { controlStrings } from "../../strings/controls.js";
import type { FieldFault } from "../control-props.js";
import { evaluateExpression } from "../expression/evaluate.js";
import type { ExpressionFault } from "../expression/tokens.js";
import { type NumberParameter, nearestAllowed } from "./number-range.js";

/** What was typed into a number field: a value that is allowed, or what is wrong with it. */
export type NumberReading =
  | { readonly value: number; readonly fault?: undefined }
  | { readonly fault: FieldFault };

/** Reads a number or a formula and holds it against the parameter's declaration. */
export function readNumber(parameter: NumberParameter, text: string): NumberReading {
  const result = evaluateExpression(text);
  if (!result.ok) {
    const message = describeExpressionFault(result.fault);
    const { at, text: piece } = result.fault;
    const remedy = controlStrings.expressionRemedy;
    return { fault: { message, remedy, piece: [at, at + piece.length] } };
  }
  const fault = checkParameter(parameter, result.value);
  if (fault === undefined) return { value: result.value };
  return { fault: { ...fault, instead: nearestAllowed(parameter, result.value) } };
}

/** A number as short as it can be without losing what matters: 7 significant digits. */
export function printNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
}

function describeExpressionFault({ reason, text, at }: ExpressionFault): string {
  const words = controlStrings.expression[reason];
  return typeof words === "string" ? words : words(text, at + 1);
}
