import { parseDimension } from "./dimension-parser.js";
import * as polynomial from "./polynomial.js";

/**
 * A tensor's size along one axis: a number, or a symbol. Symbols may be sums and products of names,
 * `floor(x/n)` and `max(x,y)`; results come back in one canonical form, such as "height*2" or
 * "floor((height+1)/2)", so that equal sizes are equal strings.
 */
export type Dimension = number | string;

const parsed = new Map<string, polynomial.Polynomial>();

/** The sum of products that a dimension stands for. */
export function toPolynomial(dimension: Dimension): polynomial.Polynomial {
  if (typeof dimension === "number") return polynomial.constant(dimension);
  const known = parsed.get(dimension);
  if (known !== undefined) return known;
  const result = parseDimension(dimension);
  parsed.set(dimension, result);
  return result;
}

function fromPolynomial(terms: polynomial.Polynomial): Dimension {
  return polynomial.constantValue(terms) ?? polynomial.print(terms);
}

export function canonicalDimension(dimension: Dimension): Dimension {
  return typeof dimension === "number" ? dimension : fromPolynomial(toPolynomial(dimension));
}

export function addDimensions(...dimensions: readonly Dimension[]): Dimension {
  return fromPolynomial(polynomial.add(...dimensions.map(toPolynomial)));
}

export function multiplyDimensions(...dimensions: readonly Dimension[]): Dimension {
  return fromPolynomial(
    dimensions.map(toPolynomial).reduce(polynomial.multiply, polynomial.constant(1)),
  );
}

export function subtractDimensions(left: Dimension, right: Dimension): Dimension {
  return addDimensions(left, multiplyDimensions(right, -1));
}

/** floor(dimension / divisor), for a positive integer divisor. */
export function floorDivideDimension(dimension: Dimension, divisor: number): Dimension {
  return fromPolynomial(polynomial.floorDivide(toPolynomial(dimension), divisor));
}

export function largerDimension(left: Dimension, right: Dimension): Dimension {
  return fromPolynomial(polynomial.maximum(toPolynomial(left), toPolynomial(right)));
}

/** The quotient where division leaves no rest whatever the symbols are; undefined otherwise. */
export function divideDimension(dimension: Dimension, divisor: Dimension): Dimension | undefined {
  if (compareDimensions(dimension, divisor) === "equal") return 1;
  const [term, ...others] = toPolynomial(divisor);
  if (term === undefined || others.length > 0) return undefined;
  const quotient = polynomial.divideExactly(toPolynomial(dimension), term);
  return quotient && fromPolynomial(quotient);
}

/** Whether two sizes are the same: "unknown" when that depends on what the symbols will be. */
export function compareDimensions(
  left: Dimension,
  right: Dimension,
): "equal" | "different" | "unknown" {
  if (left === right) return "equal";
  const difference = subtractDimensions(left, right);
  if (difference === 0) return "equal";
  return typeof difference === "number" ? "different" : "unknown";
}

/** Of two sizes that must be the same, the one that says more: a number, else the shorter symbol. */
export function moreSpecific(left: Dimension, right: Dimension): Dimension {
  if (typeof left === "number") return left;
  if (typeof right === "number") return right;
  return right.length < left.length ? right : left;
}

/** The dimension with its symbols replaced; undefined when one of them has no replacement. */
export function substituteDimension(
  dimension: Dimension,
  replacements: ReadonlyMap<string, Dimension>,
): Dimension | undefined {
  if (typeof dimension === "number") return dimension;
  const whole = replacements.get(dimension);
  if (whole !== undefined) return whole;
  const symbols = dimension.match(/[A-Za-z_][\w.]*/g) ?? [];
  const isOpen = symbols.some((name) => !functions.has(name) && !replacements.has(name));
  if (isOpen || symbols.length === 0) return undefined;
  return canonicalDimension(
    dimension.replaceAll(/[A-Za-z_][\w.]*/g, (name) =>
      functions.has(name) ? name : `(${replacements.get(name)})`,
    ),
  );
}

/** The number when the symbols have these sizes; undefined when one of them is missing. */
export function evaluateDimension(
  dimension: Dimension,
  sizes: ReadonlyMap<string, number>,
): number | undefined {
  const result = substituteDimension(dimension, sizes);
  return typeof result === "number" ? result : undefined;
}

const functions = new Set(["floor", "max"]);
