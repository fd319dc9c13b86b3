import { create } from "@bufbuild/protobuf";
import { NodeProtoSchema } from "../generated/onnx_pb.js";
import { type Attributes, encodeAttributes } from "./attributes.js";
import { type DataType, type TypeFamily, typeFamily } from "./data-types.js";
import { type BuildErrorCode, OnnxBuildError } from "./errors.js";
import type { GraphBody } from "./graph-body.js";
import { formatShape, type Shape } from "./shape.js";
import type { Value } from "./value.js";

export type NodeInputs = Readonly<Record<string, Value | undefined>>;

export interface OutputDescription {
  readonly type: DataType;
  readonly shape: Shape;
}

/**
 * One operator on its way into a graph: its inputs by the names that errors use, in ONNX's order.
 * It is checked first and written by `output` or `outputs`, so that a refused operator leaves no trace.
 */
export class OperatorNode {
  readonly operator: string;
  readonly name: string;
  readonly #body: GraphBody;
  readonly #inputs: NodeInputs;
  readonly #domain: string;

  constructor(body: GraphBody, operator: string, name: string, inputs: NodeInputs, domain = "") {
    this.#body = body;
    this.operator = operator;
    this.name = name;
    this.#inputs = inputs;
    this.#domain = domain;
    this.#requireOwnValues();
  }

  /** An error that ends with every input's type and shape. */
  error(code: BuildErrorCode, explanation: string): OnnxBuildError {
    const described = Object.entries(this.#inputs).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name} is ${value.type} ${formatShape(value.shape)}`],
    );
    const suffix = described.length === 0 ? "" : ` (${described.join(", ")})`;
    return new OnnxBuildError(code, this.operator, this.name, explanation + suffix);
  }

  /** Every given input has the type of the first. */
  requireSameType(): void {
    const types = Object.values(this.#inputs).flatMap((value) => value?.type ?? []);
    if (types.some((type) => type !== types[0])) {
      throw this.error("type-mismatch", "takes inputs of one element type; add a cast");
    }
  }

  requireFamily(input: string, ...families: readonly TypeFamily[]): void {
    const value = this.#inputs[input];
    if (value === undefined || families.includes(typeFamily(value.type))) return;
    throw this.error("type-mismatch", `${input} must be of a ${families.join(" or ")} type`);
  }

  requireType(input: string, ...types: readonly DataType[]): void {
    const value = this.#inputs[input];
    if (value === undefined || types.includes(value.type)) return;
    throw this.error("type-mismatch", `${input} must be ${types.join(" or ")}`);
  }

  requireRank(input: string, minimum: number, maximum = minimum): void {
    const rank = this.#inputs[input]?.shape.length ?? minimum;
    if (rank >= minimum && rank <= maximum) return;
    const wanted = minimum === maximum ? String(minimum) : `${minimum} or more`;
    throw this.error("shape-mismatch", `${input} must have ${wanted} axes, not ${rank}`);
  }

  /** The axis counted from the front; negative ones count from the back. */
  axis(axis: number, rank: number): number {
    const resolved = axis < 0 ? axis + rank : axis;
    if (Number.isInteger(axis) && resolved >= 0 && resolved < rank) return resolved;
    throw this.error("invalid-argument", `axis ${axis} is not one of ${rank} axes`);
  }

  output<D extends DataType>(type: D, shape: Shape, attributes: Attributes = {}): Value<D> {
    const [name] = this.#write(1, attributes);
    return this.#body.createValue(name ?? this.name, type, shape);
  }

  outputs(descriptions: readonly OutputDescription[], attributes: Attributes = {}): Value[] {
    const names = this.#write(descriptions.length, attributes);
    return descriptions.map(({ type, shape }, index) =>
      this.#body.createValue(names[index] ?? this.name, type, shape),
    );
  }

  #write(outputCount: number, attributes: Attributes): string[] {
    const name = this.#body.model.names.unique(this.name);
    const output =
      outputCount === 1
        ? [name]
        : Array.from({ length: outputCount }, (_, index) =>
            this.#body.model.names.unique(`${name}:${index}`),
          );
    this.#body.nodes.push(
      create(NodeProtoSchema, {
        name,
        opType: this.operator,
        domain: this.#domain,
        input: withoutTrailingGaps(Object.values(this.#inputs).map((value) => value?.name ?? "")),
        output,
        attribute: encodeAttributes(attributes),
      }),
    );
    return output;
  }

  #requireOwnValues(): void {
    for (const [input, value] of Object.entries(this.#inputs)) {
      if (value === undefined) continue;
      const access = this.#body.access(value);
      if (access === "readable") continue;
      throw access === "foreign"
        ? this.error("foreign-value", `${input} "${value.name}" belongs to another builder`)
        : this.error(
            "out-of-scope",
            `${input} "${value.name}" lives in a loop or branch body that this graph cannot see`,
          );
    }
  }
}

/** Optional inputs left out at the end are not written; those before a given one are empty names. */
function withoutTrailingGaps(names: readonly string[]): string[] {
  const last = names.findLastIndex((name) => name !== "");
  return names.slice(0, last + 1);
}
