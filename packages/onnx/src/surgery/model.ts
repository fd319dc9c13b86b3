import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { dataTypeFromCode } from "../core/data-types.js";
import type { Dimension } from "../core/dimension.js";
import { OnnxModelError } from "../core/errors.js";
import { externalTensors, relocateExternalFiles } from "../core/external-files.js";
import type { OnnxModel, ValueDescription } from "../core/model-description.js";
import { type ModelProto, ModelProtoSchema, type ValueInfoProto } from "../generated/onnx_pb.js";
import { graphOf } from "./graph-of.js";

export interface ReadModelOptions {
  /** The folder that the model's external files are named from; without it they stay relative. */
  readonly folder?: string;
}

/** A model that was read and can be rewritten. Rewriting gives a new one; this one never changes. */
export interface ParsedModel {
  readonly name: string;
  readonly opset: number;
  /** The inputs that a run must be fed: those without a stored value. */
  readonly inputs: readonly ValueDescription[];
  readonly outputs: readonly ValueDescription[];
  readonly proto: ModelProto;
}

/**
 * Reads an .onnx file's bytes. Operators are not checked: unknown ones are kept as they are.
 *
 * @throws OnnxModelError `not-onnx`, or `unsupported-type` for an input that is no tensor
 */
export function readModel(bytes: Uint8Array, { folder }: ReadModelOptions = {}): ParsedModel {
  const proto = decode(bytes);
  const location = externalTensors(graphOf(proto)).flatMap(({ externalData }) =>
    externalData.filter(({ key }) => key === "location"),
  );
  if (folder !== undefined) {
    for (const entry of location) entry.value = `${folder.replace(/\/$/, "")}/${entry.value}`;
  }
  return describeModel(proto);
}

/** The model's bytes, with the files that its initializers point into named below one folder. */
export function writeModel(model: ParsedModel): OnnxModel {
  const proto = fromBinary(ModelProtoSchema, toBinary(ModelProtoSchema, model.proto));
  const { folder, files } = relocateExternalFiles(graphOf(proto));
  return {
    name: model.name,
    bytes: toBinary(ModelProtoSchema, proto),
    inputs: model.inputs,
    outputs: model.outputs,
    externalFiles: files,
    externalFolder: folder,
  };
}

/** What a model declares, beside the model itself. */
export function describeModel(proto: ModelProto): ParsedModel {
  const graph = graphOf(proto);
  const stored = new Set(graph.initializer.map(({ name }) => name));
  const opset = proto.opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
  return {
    name: graph.name,
    opset: Number(opset?.version ?? 0n),
    inputs: graph.input.filter(({ name }) => !stored.has(name)).map(describeValue),
    outputs: graph.output.map(describeValue),
    proto,
  };
}

function decode(bytes: Uint8Array): ModelProto {
  try {
    const proto = fromBinary(ModelProtoSchema, bytes);
    if (proto.graph !== undefined && proto.opsetImport.length > 0) return proto;
  } catch (cause) {
    throw new OnnxModelError("not-onnx", "the bytes are not an ONNX model", { cause });
  }
  throw new OnnxModelError("not-onnx", "the bytes hold no ONNX graph");
}

function describeValue({ name, type }: ValueInfoProto): ValueDescription {
  const tensor = type?.value.case === "tensorType" ? type.value.value : undefined;
  const dataType = dataTypeFromCode(tensor?.elemType ?? 0);
  if (dataType === undefined) {
    throw new OnnxModelError("unsupported-type", `"${name}" is not a tensor of numbers`);
  }
  const shape = tensor?.shape?.dim.map(({ value }, axis): Dimension => {
    if (value.case === "dimValue") return Number(value.value);
    return value.case === "dimParam" && value.value !== "" ? value.value : `${name}.${axis}`;
  });
  return { name, type: dataType, shape: shape ?? [] };
}
