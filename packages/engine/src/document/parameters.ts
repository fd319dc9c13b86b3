import type { Parameter, Parameters, ParameterValue } from "../nodes/params.js";
import { closestName } from "./suggest.js";
import type { WorkflowNode } from "./types.js";

/** All parameters of a node: the document's values, and defaults where it says nothing. */
export function nodeParameters(
  node: Pick<WorkflowNode, "params">,
  parameters: Parameters,
): Record<string, ParameterValue> {
  const given = node.params ?? {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]: [string, Parameter]) => [
      name,
      (Object.hasOwn(given, name) ? given[name] : undefined) ?? parameter.default,
    ]),
  );
}

/** What is wrong with a parameter's value, and what would be right. */
export interface ParameterFault {
  readonly message: string;
  readonly remedy: string;
}

/** Holds a value against its declaration; undefined when it fits. */
export function checkParameter(
  parameter: Parameter,
  value: ParameterValue,
): ParameterFault | undefined {
  switch (parameter.kind) {
    case "number":
    case "integer":
      return checkNumber(parameter, value);
    case "seed":
      return checkSeed(value);
    case "boolean":
      return typeof value === "boolean" ? undefined : wrongKind(value, "true or false");
    case "choice":
      return checkChoice(parameter.options, value);
    case "text":
      return checkText(value, parameter.maxLength);
    case "file":
    case "destination":
      return checkPath(value);
  }
}

type NumberParameter = Extract<Parameter, { kind: "number" | "integer" }>;

function checkNumber(
  parameter: NumberParameter,
  value: ParameterValue,
): ParameterFault | undefined {
  const wanted = describeNumber(parameter);
  if (typeof value !== "number") return wrongKind(value, wanted);
  const remedy = `Give ${wanted}.`;
  if (!Number.isFinite(value)) return { message: `${value} is not a finite number.`, remedy };
  if (parameter.kind === "integer") {
    if (!Number.isSafeInteger(value)) return { message: `${value} is not a whole number.`, remedy };
    if (parameter.odd === true && value % 2 === 0) return { message: `${value} is even.`, remedy };
    const { multipleOf } = parameter;
    if (multipleOf !== undefined && value % multipleOf !== 0) {
      return { message: `${value} is not a multiple of ${multipleOf}.`, remedy };
    }
  }
  const tooSmall = parameter.min !== undefined && value < parameter.min;
  if (tooSmall) return { message: `${value} is too small.`, remedy };
  const tooLarge = parameter.max !== undefined && value > parameter.max;
  return tooLarge ? { message: `${value} is too large.`, remedy } : undefined;
}

function describeNumber(parameter: NumberParameter): string {
  const words = ["a"];
  if (parameter.kind === "integer" && parameter.odd === true) words[0] = "an odd";
  if (parameter.kind === "integer") words.push("whole");
  words.push("number");
  if (parameter.min !== undefined && parameter.max !== undefined) {
    words.push(`from ${parameter.min} to ${parameter.max}`);
  } else if (parameter.min !== undefined) words.push(`of at least ${parameter.min}`);
  else if (parameter.max !== undefined) words.push(`of at most ${parameter.max}`);
  if (parameter.kind === "integer" && parameter.multipleOf !== undefined) {
    words.push(`divisible by ${parameter.multipleOf}`);
  }
  return words.join(" ");
}

function checkSeed(value: ParameterValue): ParameterFault | undefined {
  const wanted = `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
  if (typeof value !== "number") return wrongKind(value, wanted);
  if (Number.isSafeInteger(value) && value >= 0) return undefined;
  return { message: `${value} cannot be a seed.`, remedy: `Give ${wanted}.` };
}

function checkChoice(
  options: readonly string[],
  value: ParameterValue,
): ParameterFault | undefined {
  if (typeof value === "string" && options.includes(value)) return undefined;
  const closest = typeof value === "string" ? closestName(value, options) : undefined;
  const listed = `Choose one of: ${options.join(", ")}.`;
  return {
    message: `${quote(value)} is not one of the choices.`,
    remedy: closest === undefined ? listed : `Did you mean "${closest}"? ${listed}`,
  };
}

function checkText(value: ParameterValue, maxLength?: number): ParameterFault | undefined {
  if (typeof value !== "string") return wrongKind(value, "a text");
  if (maxLength === undefined || value.length <= maxLength) return undefined;
  return {
    message: `The text has ${value.length} characters.`,
    remedy: `Give at most ${maxLength} characters.`,
  };
}

function checkPath(value: ParameterValue): ParameterFault | undefined {
  if (typeof value !== "string") return wrongKind(value, "a path");
  if (!value.includes("\0")) return undefined;
  return { message: "The path contains a zero byte.", remedy: "Give a path without it." };
}

function wrongKind(value: ParameterValue, wanted: string): ParameterFault {
  return { message: `${quote(value)} is not ${wanted}.`, remedy: `Give ${wanted}.` };
}

function quote(value: ParameterValue): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}..."`;
}
