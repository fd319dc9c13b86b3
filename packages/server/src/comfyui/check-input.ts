import type { ComfyInput } from "../comfyui-workflows/index.js";
import { inputConfig } from "./object-info.js";
import { type PromptError, promptError } from "./prompt-errors.js";

/** A value that fits, converted where ComfyUI converts; or what is wrong with it. */
export type CheckedValue = { readonly value: unknown } | { readonly error: PromptError };

/** Holds a literal value against an input of a class. */
export function checkLiteral(input: ComfyInput, value: unknown): CheckedValue {
  const { type } = input;
  if (typeof type !== "string") return checkChoice(input, type, value);
  switch (type) {
    case "INT":
      return checkNumber(input, type, value, Math.trunc);
    case "FLOAT":
      return checkNumber(input, type, value, (number) => number);
    case "STRING":
      return { value: String(value) };
    case "BOOLEAN":
      return { value: Boolean(value) };
    default:
      return { error: badLink(input, value) };
  }
}

/** The value at an input for wires is none. */
export function badLink(input: ComfyInput, value: unknown): PromptError {
  const message = "Bad linked input, must be a length-2 list of [node_id, slot_index]";
  return promptError("bad_linked_input", message, input.name, about(input, value));
}

function checkChoice(input: ComfyInput, values: readonly string[], value: unknown): CheckedValue {
  if (values.some((one) => one === value)) return { value };
  const listed = values.length > 20 ? `(list of length ${values.length})` : JSON.stringify(values);
  const details = `${input.name}: '${String(value)}' not in ${listed}`;
  return {
    error: promptError("value_not_in_list", "Value not in list", details, about(input, value)),
  };
}

function checkNumber(
  input: ComfyInput,
  type: string,
  value: unknown,
  convert: (value: number) => number,
): CheckedValue {
  const isNumeric =
    typeof value === "number" || typeof value === "string" || typeof value === "boolean";
  const number = isNumeric && value !== "" ? convert(Number(value)) : Number.NaN;
  if (!Number.isFinite(number)) {
    const message = `Failed to convert an input value to a ${type} value`;
    const exception = `${JSON.stringify(value)} is not a number`;
    const extra = { ...about(input, value), exception_message: exception };
    const details = `${input.name}, ${JSON.stringify(value)}, ${exception}`;
    return { error: promptError("invalid_input_type", message, details, extra) };
  }
  const { min, max } = input.options ?? {};
  if (typeof min === "number" && number < min) {
    const message = `Value ${number} smaller than min of ${min}`;
    return {
      error: promptError("value_smaller_than_min", message, input.name, about(input, number)),
    };
  }
  if (typeof max === "number" && number > max) {
    const message = `Value ${number} bigger than max of ${max}`;
    return {
      error: promptError("value_bigger_than_max", message, input.name, about(input, number)),
    };
  }
  return { value: number };
}

function about(input: ComfyInput, value: unknown): Readonly<Record<string, unknown>> {
  return { input_name: input.name, input_config: inputConfig(input), received_value: value };
}
