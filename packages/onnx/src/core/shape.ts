import {
  compareDimensions,
  type Dimension,
  divideDimension,
  largerDimension,
  moreSpecific,
  multiplyDimensions,
} from "./dimension.js";

export type Shape = readonly Dimension[];

/** A shape as people write it: "[1, 3, height, width]". */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The shape that both broadcast to, by numpy's rule; undefined when they cannot. */
export function broadcastShapes(left: Shape, right: Shape): Shape | undefined {
  const rank = Math.max(left.length, right.length);
  const result: Dimension[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    const size = broadcastSizes(
      left[axis - rank + left.length] ?? 1,
      right[axis - rank + right.length] ?? 1,
    );
    if (size === undefined) return undefined;
    result.push(size);
  }
  return result;
}

function broadcastSizes(left: Dimension, right: Dimension): Dimension | undefined {
  if (left === 1) return right;
  if (right === 1) return left;
  const comparison = compareDimensions(left, right);
  if (comparison === "equal") return moreSpecific(left, right);
  if (typeof left === "number" && typeof right === "number") return undefined;
  if (typeof left === "number") return left;
  if (typeof right === "number") return right;
  return largerDimension(left, right);
}

/** The shape that both are, where equal rank and sizes are asked for; undefined when they differ. */
export function unifyShapes(left: Shape, right: Shape): Shape | undefined {
  if (left.length !== right.length) return undefined;
  const result: Dimension[] = [];
  for (const [axis, size] of left.entries()) {
    const other = right[axis] ?? 1;
    if (compareDimensions(size, other) === "different") return undefined;
    result.push(moreSpecific(size, other));
  }
  return result;
}

export function isStaticShape(shape: Shape): shape is readonly number[] {
  return shape.every((size) => typeof size === "number");
}

export function isValidSize(size: Dimension): boolean {
  return typeof size === "string" ? size.length > 0 : Number.isSafeInteger(size) && size >= 0;
}

/** Elements in a tensor of this shape. */
export function elementsOf(shape: Shape): Dimension {
  return multiplyDimensions(...shape);
}

/** Elements of one shape over elements of another, sizes that occur in both cancelled first. */
export function ratioOfElements(numerator: Shape, denominator: Shape): Dimension | undefined {
  const rest = [...denominator];
  const kept = numerator.filter((size) => {
    const at = rest.findIndex((other) => other !== 0 && compareDimensions(size, other) === "equal");
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return divideDimension(elementsOf(kept), elementsOf(rest));
}
