import { integer, tensor } from "../core/attributes.js";
import type { DataType } from "../core/data-types.js";
import type { Dimension } from "../core/dimension.js";
import { encodeTensor } from "../core/encode.js";
import { contentOf } from "../core/graph-body.js";
import { encodeNumbers } from "../core/tensor-source.js";
import type { Operand, ShapeOperand, Value } from "../core/value.js";
import { IndexingOperators } from "./indexing.js";

/** Tensors made from a rule, and the triangular masks of attention. */
export class GeneratorOperators extends IndexingOperators {
  /** The vector start, start + step, ... up to but without limit. At least one of them is a value. */
  range<D extends DataType>(start: Operand<D>, limit: Value<D>, step: Operand<D> = 1): Value<D> {
    const node = this.begin("Range", {
      start: this.operand(start, limit.type),
      limit,
      step: this.operand(step, limit.type),
    });
    node.requireSameType();
    node.requireRank("limit", 0);
    const known = contentOf(limit)?.[0];
    const counts = known !== undefined && start === 0 && step === 1;
    return node.output(limit.type, [counts ? known : this.body.unknownSize()]);
  }

  /** A tensor of one number everywhere; float32 unless told otherwise. */
  constantOfShape(shape: ShapeOperand, value: number): Value<"float32">;
  constantOfShape<D extends DataType>(shape: ShapeOperand, value: number, type: D): Value<D>;
  constantOfShape(shape: ShapeOperand, value: number, type: DataType = "float32"): Value {
    const known = this.knownSizes(shape);
    const vector = this.shapeVector(shape);
    const node = this.begin("ConstantOfShape", { shape: vector });
    node.requireType("shape", "int64");
    const rank = vector.shape[0];
    if (typeof rank !== "number")
      throw node.error("unsupported", "the number of axes must be known");
    const fill = { type, shape: [1], bytes: encodeNumbers([value], type) };
    return node.output(type, known ?? this.freshSizes(rank), {
      value: tensor(encodeTensor("value", fill)),
    });
  }

  /** The upper or lower triangle of the last two axes, `diagonal` places off; the rest becomes 0. */
  trilu<D extends DataType>(x: Value<D>, part: "upper" | "lower", diagonal = 0): Value<D> {
    const checked = this.begin("Trilu", { x });
    checked.requireRank("x", 2, Number.POSITIVE_INFINITY);
    const node = this.begin("Trilu", { x, diagonal: this.scalar(diagonal, "int64") });
    return node.output(x.type, x.shape, { upper: integer(part === "upper" ? 1 : 0) });
  }

  /** Integers as vectors of `depth` numbers, 1 at their place and 0 elsewhere, along a new last axis. */
  oneHot(indices: Value, depth: number): Value<"float32"> {
    const node = this.begin("OneHot", {
      indices,
      depth: this.scalar(depth, "int64"),
      values: this.numbers([0, 1], "float32", [2]),
    });
    node.requireType("indices", "int64", "int32");
    return node.output("float32", [...indices.shape, depth satisfies Dimension]);
  }
}
