import type { DataType } from "./data-types.js";
import { encodeTensor } from "./encode.js";
import { type BuildErrorCode, OnnxBuildError } from "./errors.js";
import { type GraphBody, rememberContent } from "./graph-body.js";
import { type NodeInputs, OperatorNode } from "./operator-node.js";
import { isValidSize, type Shape } from "./shape.js";
import {
  encodeNumbers,
  hasConsistentSize,
  isExternal,
  type TensorSource,
} from "./tensor-source.js";
import { isValue, type Operand, type Value } from "./value.js";

/**
 * What the operators stand on: the graph that is written to, the prefix of node names, and numbers
 * turned into tensors. Each group of operators extends the one below it, down to this class.
 */
export class GraphCore {
  protected readonly body: GraphBody;
  protected readonly prefix: string;

  constructor(body: GraphBody, prefix: string) {
    this.body = body;
    this.prefix = prefix;
  }

  /** The version of ONNX's operator set that the graph is written for. */
  get opset(): number {
    return this.body.model.opset;
  }

  /** A name within this scope: "photo/blocks.3" + "mix" is "photo/blocks.3/mix". */
  protected qualify(name: string): string {
    return this.prefix === "" ? name : `${this.prefix}/${name}`;
  }

  /** Starts an operator: its inputs are checked to belong here; nothing is written yet. */
  protected begin(operator: string, inputs: NodeInputs, domain = ""): OperatorNode {
    const name = operator.charAt(0).toLowerCase() + operator.slice(1);
    return new OperatorNode(this.body, operator, this.qualify(name), inputs, domain);
  }

  protected refuse(code: BuildErrorCode, method: string, explanation: string): OnnxBuildError {
    return new OnnxBuildError(code, method, this.qualify(method), explanation);
  }

  /** A tensor of few numbers, written once per model however often it is asked for. */
  protected numbers<D extends DataType>(
    values: readonly number[],
    type: D,
    shape: readonly number[],
  ): Value<D> {
    const key = `constant/${type}/${shape.length === 0 ? "" : "x"}${values.join(",")}`;
    return this.shared(key, type, () => {
      const value = this.store(key, { type, shape, bytes: encodeNumbers(values, type) });
      if (type === "int64") rememberContent(value, values);
      return value;
    });
  }

  /** What `create` makes, once; the key tells whether it was made before where this graph can see it. */
  protected shared<D extends DataType>(key: string, type: D, create: () => Value<D>): Value<D> {
    const known = this.body.findShared(key);
    if (known !== undefined && hasType(known, type)) return known;
    const value = create();
    const owner = this.body.root.owns(value) ? this.body.root : this.body;
    owner.shared.set(key, value);
    return value;
  }

  /** Writes an initializer into the main graph, where inner graphs see it too. */
  protected store<D extends DataType>(name: string, tensor: TensorSource<D>): Value<D> {
    if (!tensor.shape.every((size) => typeof size === "number" && isValidSize(size))) {
      throw this.refuse("invalid-argument", "initializer", `"${name}" has shape [${tensor.shape}]`);
    }
    if (!hasConsistentSize(tensor)) {
      const given = isExternal(tensor) ? tensor.byteLength : tensor.bytes.byteLength;
      const explanation = `"${name}" is ${tensor.type} [${tensor.shape}] but has ${given} bytes`;
      throw this.refuse("shape-mismatch", "initializer", explanation);
    }
    const root = this.body.root;
    const unique = root.model.names.unique(name);
    root.initializers.push(encodeTensor(unique, tensor));
    return root.createValue(unique, tensor.type, tensor.shape);
  }

  protected operand<D extends DataType>(operand: Operand<D>, type: D): Value<D> {
    return isValue(operand) ? operand : this.numbers([operand], type, []);
  }

  /** Both sides as values; a number takes the type of the other side. */
  protected pair<D extends DataType>(
    operator: string,
    a: Operand<D>,
    b: Operand<D>,
  ): readonly [Value<D>, Value<D>] {
    if (isValue(a)) return [a, this.operand(b, a.type)];
    if (isValue(b)) return [this.operand(a, b.type), b];
    throw this.refuse("invalid-argument", operator, `both sides are numbers, ${a} and ${b}`);
  }

  /** An int64 vector of known numbers, such as axes or pads. */
  protected int64Vector(values: readonly number[]): Value<"int64"> {
    return this.numbers(values, "int64", [values.length]);
  }

  protected freshSizes(rank: number): Shape {
    return Array.from({ length: rank }, () => this.body.unknownSize());
  }
}

export function hasType<D extends DataType>(value: Value, type: D): value is Value<D> {
  return value.type === type;
}
