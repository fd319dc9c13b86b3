import { create } from "@bufbuild/protobuf";
import { type GraphProto, GraphProtoSchema } from "../generated/onnx_pb.js";
import { encodeValueInfo } from "./encode.js";
import type { GraphBody } from "./graph-body.js";

/** A finished graph as ONNX stores it. */
export function encodeBody(body: GraphBody, name: string): GraphProto {
  return create(GraphProtoSchema, {
    name,
    node: body.nodes,
    initializer: body.initializers,
    input: body.inputs.map(({ name, type, shape }) => encodeValueInfo(name, type, shape)),
    output: body.outputs.map(({ value }) => encodeValueInfo(value.name, value.type, value.shape)),
  });
}
