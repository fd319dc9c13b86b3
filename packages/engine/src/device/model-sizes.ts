import { canonicalDimension, type Dimension, type ValueDescription } from "@diopter/onnx";
import { DiopterError } from "../errors/index.js";
import type { Tensor } from "../values/index.js";

/** Sizes by symbol. */
export type Sizes = ReadonlyMap<string, number>;

/**
 * What the symbols in the inputs' shapes stand for.
 * @throws DiopterError `device/failed` when an input is missing, has another type, number of axes or
 * size than the program declares, or when two inputs that share a symbol differ in that size.
 */
export function bindSizes(
  declared: readonly ValueDescription[],
  inputs: Readonly<Record<string, Tensor>>,
): Sizes {
  const sizes = new Map<string, number>();
  for (const input of declared) {
    const tensor = inputs[input.name];
    if (tensor === undefined) throw misfit(input, "is missing");
    if (tensor.type !== input.type) throw misfit(input, `is ${tensor.type}`);
    if (tensor.shape.length !== input.shape.length) throw misfit(input, shapeText(tensor));
    input.shape.forEach((size, axis) => {
      const actual = tensor.shape[axis] ?? 0;
      const expected = typeof size === "number" ? size : (evaluate(size, sizes) ?? actual);
      if (expected !== actual) {
        throw misfit(input, `${shapeText(tensor)}, where ${size} is ${expected}`);
      }
      if (typeof size === "string") sizes.set(size, actual);
    });
  }
  return sizes;
}

/** A shape in numbers, or undefined when it depends on more than the sizes of the inputs. */
export function evaluateShape(
  shape: readonly Dimension[],
  sizes: Sizes,
): readonly number[] | undefined {
  const result: number[] = [];
  for (const size of shape) {
    const value = typeof size === "number" ? size : evaluate(size, sizes);
    if (value === undefined) return undefined;
    result.push(value);
  }
  return result;
}

const functionNames = new Set(["floor", "max"]);

function evaluate(size: string, sizes: Sizes): number | undefined {
  const known = sizes.get(size);
  if (known !== undefined) return known;
  const text = size.replace(/[A-Za-z_][\w.]*/g, (name) =>
    functionNames.has(name) ? name : String(sizes.get(name) ?? name),
  );
  const value = canonicalDimension(text);
  return typeof value === "number" ? value : undefined;
}

function shapeText(tensor: Tensor): string {
  return `has shape [${tensor.shape.join(", ")}]`;
}

function misfit(input: ValueDescription, what: string): DiopterError {
  const wanted = `${input.type} [${input.shape.join(", ")}]`;
  return new DiopterError("device/failed", {
    message: `The input "${input.name}" of a program ${what}; it must be ${wanted}.`,
    remedy: "Check that the inputs belong together in size.",
  });
}
