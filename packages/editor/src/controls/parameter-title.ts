import type { Parameter, ParameterValue } from "@diopter/engine/editing";
import { controlStrings } from "../strings/controls.js";
import { printNumber } from "./number/read-number.js";

/** What a parameter is called on screen: its title, or its name in words. */
export function parameterTitle(name: string, parameter: Parameter | undefined): string {
  if (parameter?.title !== undefined) return parameter.title;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as people read it, with its unit. */
export function printValue(value: ParameterValue, parameter: Parameter | undefined): string {
  if (typeof value === "boolean") return value ? controlStrings.on : controlStrings.off;
  if (typeof value === "string") return value === "" ? "“”" : value;
  const hasUnit = parameter?.kind === "number" || parameter?.kind === "integer";
  const unit = hasUnit && parameter.unit !== undefined ? ` ${parameter.unit}` : "";
  return `${printNumber(value)}${unit}`;
}
