import { clone, create, toBinary } from "@bufbuild/protobuf";
import type { DataType } from "./core/data-types.js";
import { describeGraph } from "./core/describe-graph.js";
import type { Dimension } from "./core/dimension.js";
import { encodeBody } from "./core/encode-body.js";
import { OnnxBuildError } from "./core/errors.js";
import { relocateExternalFiles } from "./core/external-files.js";
import { GraphBody } from "./core/graph-body.js";
import { pruneGraph, renameValues } from "./core/graph-walk.js";
import type { GraphDescription, OnnxModel } from "./core/model-description.js";
import { formatShape, isValidSize } from "./core/shape.js";
import type { Value } from "./core/value.js";
import { GraphProtoSchema, ModelProtoSchema } from "./generated/onnx_pb.js";
import { GraphScope } from "./operators/control-flow.js";

/** The operator sets that the builder writes. */
export const supportedOpsets = { oldest: 17, newest: 20 } as const;

export interface GraphBuilderOptions {
  readonly name: string;
  /** From 17 to 20; 20 by default. */
  readonly opset?: number;
}

/** A whole model under construction: inputs, operators, outputs, and at the end `build`. */
export class GraphBuilder extends GraphScope {
  readonly name: string;

  constructor({ name, opset = supportedOpsets.newest }: GraphBuilderOptions) {
    super(new GraphBody(undefined, opset), "");
    this.name = name;
    const { oldest, newest } = supportedOpsets;
    if (Number.isInteger(opset) && opset >= oldest && opset <= newest) return;
    throw this.refuse("unsupported", "opset", `${opset} is not between ${oldest} and ${newest}`);
  }

  /** Declares an input. A size given as a name is a symbol: it is known when the model runs. */
  input<D extends DataType>(name: string, type: D, shape: readonly Dimension[]): Value<D> {
    if (name === "" || this.body.model.names.has(name)) {
      throw new OnnxBuildError("duplicate-name", "input", name, "the name is empty or taken");
    }
    if (!shape.every(isValidSize)) {
      const explanation = `${formatShape(shape)} is not a shape`;
      throw new OnnxBuildError("invalid-argument", "input", name, explanation);
    }
    this.body.model.names.claim(name);
    const value = this.body.createValue(name, type, shape);
    this.body.inputs.push(value);
    return value;
  }

  /** Declares an output under its public name. */
  output(name: string, value: Value): void {
    const taken = [...this.body.inputs, ...this.body.outputs].some((other) => other.name === name);
    if (name === "" || taken) {
      throw new OnnxBuildError("duplicate-name", "output", name, "the name is empty or taken");
    }
    const isStored =
      this.body.inputs.includes(value) ||
      this.body.initializers.some((tensor) => tensor.name === value.name) ||
      this.body.outputs.some((output) => output.value === value);
    // Identity also refuses a value of another builder or of an inner graph.
    const own = this.body.owns(value) && !isStored ? value : this.identity(value);
    this.body.outputs.push({ name, value: own });
  }

  /** The model, without the nodes and initializers that no output needs. The builder can go on after. */
  build(): OnnxModel {
    if (this.body.outputs.length === 0) {
      throw new OnnxBuildError("not-connected", "build", this.name, "the graph has no output");
    }
    const graph = clone(GraphProtoSchema, encodeBody(this.body, this.name));
    pruneGraph(graph);
    renameValues(graph, this.#publicNames());
    const { folder, files } = relocateExternalFiles(graph);
    const domains = [...this.body.model.domains].map(([domain, version]) => ({
      domain,
      version: BigInt(version),
    }));
    const model = create(ModelProtoSchema, {
      irVersion: BigInt(irVersion(this.opset)),
      producerName: "diopter",
      opsetImport: [{ domain: "", version: BigInt(this.opset) }, ...domains],
      graph,
    });
    return {
      name: this.name,
      bytes: toBinary(ModelProtoSchema, model),
      inputs: this.body.inputs,
      outputs: this.body.outputs.map(({ name, value }) => ({
        name,
        type: value.type,
        shape: value.shape,
      })),
      externalFiles: files,
      externalFolder: folder,
    };
  }

  /** What the outputs need, as shapes and weights: enough to count operations without a run. */
  describe(): GraphDescription {
    return describeGraph(this.body);
  }

  /** New names for the values that are outputs, and for others that have an output's name. */
  #publicNames(): Map<string, string> {
    const outputs = this.body.outputs;
    const renamed = new Map<string, string>();
    const current = new Set(outputs.map(({ value }) => value.name));
    for (const { name } of outputs) {
      const collides = this.body.model.names.has(name) && !current.has(name);
      if (collides) renamed.set(name, this.body.model.names.unique(`${name}/inner`));
    }
    for (const { name, value } of outputs) renamed.set(value.name, name);
    return renamed;
  }
}

/** The oldest version of the file format that has the operator set. */
function irVersion(opset: number): number {
  return opset < 19 ? 8 : 9;
}
