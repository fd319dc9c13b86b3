import { clone } from "@bufbuild/protobuf";
import { type Dimension, substituteDimension } from "../core/dimension.js";
import { OnnxModelError } from "../core/errors.js";
import { namesMade, renameValues, walkNodes } from "../core/graph-walk.js";
import { formatShape, unifyShapes } from "../core/shape.js";
import type { NamedValues, Value } from "../core/value.js";
import { GraphProtoSchema } from "../generated/onnx_pb.js";
import { graphOf } from "../surgery/graph-of.js";
import type { ParsedModel } from "../surgery/model.js";
import { NormalizationOperators } from "./normalization.js";

/** Whole models as parts of a graph. */
export class InlineOperators extends NormalizationOperators {
  /**
   * Inserts a model that was read: its inputs become these values, and its outputs come back under
   * their names. Names inside it get this scope's prefix.
   *
   * @throws OnnxModelError `unknown-name` for a missing or surplus input, `type-mismatch` or
   * `shape-mismatch` for one that does not fit, `opset-mismatch` when the model is written for
   * another operator set, `unsupported` for models with functions of their own
   */
  inline(model: ParsedModel, inputs: NamedValues): NamedValues {
    this.#requireSameOperators(model);
    const sizes = bindInputs(model, inputs);
    // Refuses values of other builders, as every operator does.
    this.begin(model.name, inputs);
    const graph = clone(GraphProtoSchema, graphOf(model.proto));
    const names = new Map(Object.entries(inputs).map(([name, value]) => [name, value.name]));
    for (const name of namesMade(graph)) {
      if (!names.has(name)) names.set(name, this.body.model.names.unique(this.qualify(name)));
    }
    renameValues(graph, names);
    for (const node of walkNodes(graph)) node.name = this.qualify(node.name || node.opType);
    this.body.nodes.push(...graph.node);
    this.body.root.initializers.push(...graph.initializer);
    const given = new Map(Object.values(inputs).map((value) => [value.name, value]));
    return Object.fromEntries(
      model.outputs.map(({ name, type, shape }): [string, Value] => {
        const inner = names.get(name) ?? name;
        const bound = shape.map((size) => substituteDimension(size, sizes) ?? this.#open());
        return [name, given.get(inner) ?? this.body.createValue(inner, type, bound)];
      }),
    );
  }

  #open(): string {
    return this.body.unknownSize();
  }

  #requireSameOperators({ name, opset, proto }: ParsedModel): void {
    if (opset !== this.opset) {
      const explanation = `"${name}" is written for opset ${opset}, the graph for ${this.opset}`;
      throw new OnnxModelError("opset-mismatch", explanation);
    }
    if (proto.functions.length > 0 || graphOf(proto).sparseInitializer.length > 0) {
      const explanation = `"${name}" has functions or sparse tensors of its own`;
      throw new OnnxModelError("unsupported", explanation);
    }
    for (const { domain, version } of proto.opsetImport) {
      if (domain === "" || domain === "ai.onnx") continue;
      const known = this.body.model.domains.get(domain) ?? Number(version);
      if (known !== Number(version)) {
        const explanation = `"${name}" needs ${domain} ${version}, the graph has ${known}`;
        throw new OnnxModelError("opset-mismatch", explanation);
      }
      this.body.model.domains.set(domain, known);
    }
  }
}

/** What the model's symbols are, once its inputs are these values. */
function bindInputs(model: ParsedModel, values: NamedValues): ReadonlyMap<string, Dimension> {
  const sizes = new Map<string, Dimension>();
  const surplus = Object.keys(values).find((name) =>
    model.inputs.every((input) => input.name !== name),
  );
  if (surplus !== undefined) {
    throw new OnnxModelError("unknown-name", `"${model.name}" has no input "${surplus}"`);
  }
  for (const { name, type, shape } of model.inputs) {
    const value = values[name];
    if (value === undefined) {
      throw new OnnxModelError("unknown-name", `input "${name}" of "${model.name}" is missing`);
    }
    if (value.type !== type) {
      const explanation = `input "${name}" of "${model.name}" is ${type}, not ${value.type}`;
      throw new OnnxModelError("type-mismatch", explanation);
    }
    const expected = shape.map((size) => substituteDimension(size, sizes) ?? size);
    if (unifyShapes(expected, value.shape) === undefined) {
      const explanation = `input "${name}" of "${model.name}" is ${formatShape(expected)}, not ${formatShape(value.shape)}`;
      throw new OnnxModelError("shape-mismatch", explanation);
    }
    for (const [axis, size] of shape.entries()) {
      if (typeof size === "string") sizes.set(size, value.shape[axis] ?? 1);
    }
  }
  return sizes;
}
