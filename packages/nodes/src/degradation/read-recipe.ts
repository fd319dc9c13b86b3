import { DiopterError } from "@diopter/engine";
import { bellKernels, degradationFilters, type Operation, type Recipe } from "./recipe.js";

type Json = Readonly<Record<string, unknown>>;

const mostOperations = 64;
const largestSide = 65_500;
/** Beyond this the Bessel function of sinc kernels loses precision. */
const largestKernel = 41;

/**
 * A recipe from parsed JSON, such as Python's `json.dumps(recipe)`; unknown names are dropped.
 * @throws DiopterError `node/invalid-value` naming the first value that is wrong.
 */
export function readRecipe(value: unknown): Recipe {
  const recipe = readObject(value, "recipe");
  const { operations } = recipe;
  if (!Array.isArray(operations) || operations.length > mostOperations) {
    throw wrong("operations", operations, `a list of at most ${mostOperations} operations`);
  }
  return {
    seed: readInteger(recipe, "seed", 0, Number.MAX_SAFE_INTEGER),
    operations: operations.map((operation, index) =>
      readOperation(readObject(operation, `operation ${index + 1}`)),
    ),
  };
}

function readOperation(from: Json): Operation {
  switch (from.kind) {
    case "blur":
      return readBlur(from);
    case "resize":
      return {
        kind: "resize",
        width: readInteger(from, "width", 1, largestSide),
        height: readInteger(from, "height", 1, largestSide),
        filter: readChoice(from, "filter", degradationFilters),
      };
    case "gaussian-noise":
      return { kind: "gaussian-noise", sigma: readNumber(from, "sigma", 0, 255), ...plane(from) };
    case "poisson-noise":
      return { kind: "poisson-noise", scale: readNumber(from, "scale", 0, 100), ...plane(from) };
    case "jpeg":
      return { kind: "jpeg", quality: readInteger(from, "quality", 1, 100) };
    case "unsharp-mask":
      return {
        kind: "unsharp-mask",
        weight: readNumber(from, "weight", 0, 10),
        size: readOdd(from, "size", 3, 255),
        threshold: readNumber(from, "threshold", 0, 255),
      };
    default:
      throw wrong("kind", from.kind, "an operation that is known");
  }
}

function readBlur(from: Json): Operation {
  const size = readOdd(from, "size", 1, largestKernel);
  if (from.kernel === "sinc") {
    return { kind: "blur", kernel: "sinc", size, cutoff: readNumber(from, "cutoff", 0.01, 3.15) };
  }
  return {
    kind: "blur",
    kernel: readChoice(from, "kernel", bellKernels),
    size,
    sigmaX: readNumber(from, "sigmaX", 0.01, 100),
    sigmaY: readNumber(from, "sigmaY", 0.01, 100),
    rotation: readNumber(from, "rotation", -100, 100),
    ...(from.beta === undefined ? {} : { beta: readNumber(from, "beta", 0.01, 100) }),
  };
}

function plane(from: Json) {
  if (typeof from.gray !== "boolean") throw wrong("gray", from.gray, "true or false");
  return { gray: from.gray, stream: readInteger(from, "stream", 0, 0xffffffff) };
}

function readObject(value: unknown, name: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(name, value, "an object");
  }
  return Object.fromEntries(Object.entries(value));
}

function readNumber(from: Json, name: string, low: number, high: number): number {
  const value = from[name];
  if (typeof value === "number" && value >= low && value <= high) return value;
  throw wrong(name, value, `a number from ${low} to ${high}`);
}

function readInteger(from: Json, name: string, low: number, high: number): number {
  const value = readNumber(from, name, low, high);
  if (Number.isInteger(value)) return value;
  throw wrong(name, value, "a whole number");
}

function readOdd(from: Json, name: string, low: number, high: number): number {
  const value = readInteger(from, name, low, high);
  if (value % 2 === 1) return value;
  throw wrong(name, value, "odd");
}

function readChoice<T extends string>(from: Json, name: string, options: readonly T[]): T {
  const found = options.find((option) => option === from[name]);
  if (found !== undefined) return found;
  throw wrong(name, from[name], `one of ${options.join(", ")}`);
}

function wrong(name: string, value: unknown, wanted: string): DiopterError {
  const shown = JSON.stringify(value)?.slice(0, 40) ?? "missing";
  return new DiopterError("node/invalid-value", {
    message: `The degradation recipe's ${name} is ${shown}, which is not ${wanted}.`,
    remedy: "Correct the recipe, or draw one from a seed.",
  });
}
