import { integer, text } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import {
  addDimensions,
  type Dimension,
  floorDivideDimension,
  subtractDimensions,
} from "../core/dimension.js";
import { contentOf, rememberContent } from "../core/graph-body.js";
import type { OperatorNode } from "../core/operator-node.js";
import { broadcastShapes, type Shape } from "../core/shape.js";
import { isValue, type Operand, type Value } from "../core/value.js";
import { JoinOperators } from "./join.js";

type SliceBound = Dimension | Value;

/** Part of one axis: from `start` (0) up to but without `end` (the axis's end), every `step`-th (1). */
export interface SliceRange {
  readonly axis: number;
  readonly start?: SliceBound;
  readonly end?: SliceBound;
  readonly step?: number;
}

/** Operators that pick elements by their place. */
export class IndexingOperators extends JoinOperators {
  /**
   * Ranges of some axes. Negative bounds count from the end. A bound may be a symbol, or an int64
   * vector of one element; sizes that depend on it are taken to lie inside the axis.
   */
  slice<D extends DataType>(x: Value<D>, ranges: SliceRange | readonly SliceRange[]): Value<D> {
    const list = [ranges].flat();
    const checked = this.begin("Slice", { x });
    const axes = list.map(({ axis }) => checked.axis(axis, x.shape.length));
    const steps = list.map(({ step = 1 }) => step);
    if (steps.some((step) => !Number.isInteger(step) || step < 1)) {
      throw checked.error("invalid-argument", `steps [${steps}] are not positive integers`);
    }
    const sizes = [...x.shape];
    for (const [index, range] of list.entries()) {
      const axis = axes[index] ?? 0;
      sizes[axis] = this.#sliceSize(checked, x.shape[axis] ?? 1, range);
    }
    const node = this.begin("Slice", {
      x,
      starts: this.#bounds(list.map(({ start = 0 }) => start)),
      ends: this.#bounds(list.map(({ end = Number.MAX_SAFE_INTEGER }) => end)),
      axes: this.int64Vector(axes),
      steps: this.int64Vector(steps),
    });
    node.requireType("starts", "int64");
    node.requireType("ends", "int64");
    const result = node.output(x.type, sizes);
    rememberContent(result, slicedContent(x, list));
    return result;
  }

  /** Whole slices of x along an axis, at integer places; a single number takes the axis away. */
  gather<D extends DataType>(x: Value<D>, indices: Operand, axis = 0): Value<D> {
    const places = isValue(indices) ? indices : this.scalar(indices, "int64");
    const node = this.begin("Gather", { x, indices: places });
    node.requireType("indices", "int64", "int32");
    const at = node.axis(axis, x.shape.length);
    const size = x.shape[at] ?? 1;
    if (!isValue(indices) && typeof size === "number" && (indices >= size || indices < -size)) {
      throw node.error("invalid-argument", `place ${indices} lies outside axis ${at}`);
    }
    const shape = [...x.shape.slice(0, at), ...places.shape, ...x.shape.slice(at + 1)];
    const result = node.output(x.type, shape, { axis: integer(at) });
    rememberContent(result, gatheredContent(x, places));
    return result;
  }

  /** One element of x for each index: result[i][j] is x[indices[i][j]][j] for axis 0. */
  gatherElements<D extends DataType>(x: Value<D>, indices: Value, axis = 0): Value<D> {
    const node = this.begin("GatherElements", { x, indices });
    node.requireType("indices", "int64", "int32");
    node.requireRank("indices", x.shape.length);
    return node.output(x.type, indices.shape, {
      axis: integer(node.axis(axis, x.shape.length)),
    });
  }

  /** Elements or slices of x at coordinates: the last axis of `indices` holds the first axes' places. */
  gatherND<D extends DataType>(x: Value<D>, indices: Value): Value<D> {
    const node = this.begin("GatherND", { x, indices });
    node.requireType("indices", "int64");
    const depth = indices.shape.at(-1);
    if (typeof depth !== "number" || depth < 1 || depth > x.shape.length) {
      throw node.error("shape-mismatch", "the last axis of indices must count axes of x");
    }
    return node.output(x.type, [...indices.shape.slice(0, -1), ...x.shape.slice(depth)]);
  }

  /** x with the elements at coordinates replaced by, or added to, those of `updates`. */
  scatterND<D extends DataType>(
    x: Value<D>,
    indices: Value,
    updates: Value<D>,
    reduction: "none" | "add" = "none",
  ): Value<D> {
    const node = this.begin("ScatterND", { x, indices, updates });
    node.requireType("indices", "int64");
    if (updates.type !== x.type) throw node.error("type-mismatch", "updates must have x's type");
    const depth = indices.shape.at(-1);
    if (typeof depth !== "number" || depth < 1 || depth > x.shape.length) {
      throw node.error("shape-mismatch", "the last axis of indices must count axes of x");
    }
    const expected = [...indices.shape.slice(0, -1), ...x.shape.slice(depth)];
    if (expected.length !== updates.shape.length || !broadcastShapes(expected, updates.shape)) {
      throw node.error("shape-mismatch", `updates must have shape [${expected.join(", ")}]`);
    }
    return node.output(x.type, x.shape, { reduction: text(reduction) });
  }

  #bounds(bounds: readonly SliceBound[]): Value {
    const numbers = bounds.filter((bound) => typeof bound === "number");
    if (numbers.length === bounds.length) return this.int64Vector(numbers);
    const parts = bounds.map((bound) =>
      isValue(bound) ? this.expectType(bound, "int64") : this.size(bound),
    );
    const [only, ...others] = parts;
    return only !== undefined && others.length === 0 ? only : this.concat(parts, 0);
  }

  #sliceSize(node: OperatorNode, size: Dimension, range: SliceRange): Dimension {
    const start = fromFront(knownBound(range.start ?? 0), size);
    const end = fromFront(knownBound(range.end ?? size), size);
    if (start === undefined || end === undefined) return this.body.unknownSize();
    const step = range.step ?? 1;
    const length = subtractDimensions(end, start);
    const count = floorDivideDimension(addDimensions(length, step - 1), step);
    if (typeof count !== "number" || count >= 0) return count;
    throw node.error(
      "invalid-argument",
      `axis ${range.axis} ends at ${end}, before its start ${start}`,
    );
  }
}

function knownBound(bound: SliceBound): Dimension | undefined {
  return isValue(bound) ? contentOf(bound)?.[0] : bound;
}

/** The bound counted from the front, kept inside the axis where both are numbers. */
function fromFront(bound: Dimension | undefined, size: Dimension): Dimension | undefined {
  if (typeof bound !== "number") return bound;
  if (typeof size !== "number") return bound < 0 ? addDimensions(size, bound) : bound;
  return Math.min(Math.max(bound < 0 ? bound + size : bound, 0), size);
}

function slicedContent(x: Value, ranges: readonly SliceRange[]): Shape | undefined {
  const content = contentOf(x);
  const [range] = ranges;
  if (content === undefined || range === undefined || ranges.length > 1) return undefined;
  const { start = 0, end = content.length, step = 1 } = range;
  if (typeof start !== "number" || typeof end !== "number") return undefined;
  return content.slice(start, end).filter((_, index) => index % step === 0);
}

function gatheredContent(x: Value, indices: Value): Shape | undefined {
  const content = contentOf(x);
  const places = contentOf(indices);
  if (content === undefined || places === undefined) return undefined;
  const picked = places.map((place) => (typeof place === "number" ? content.at(place) : undefined));
  return picked.some((size) => size === undefined)
    ? undefined
    : picked.flatMap((size) => size ?? []);
}
