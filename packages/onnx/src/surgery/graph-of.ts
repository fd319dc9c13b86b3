import { OnnxModelError } from "../core/errors.js";
import type { GraphProto, ModelProto } from "../generated/onnx_pb.js";

/** The main graph, which every model that was read has. */
export function graphOf(proto: ModelProto): GraphProto {
  if (proto.graph !== undefined) return proto.graph;
  throw new OnnxModelError("not-onnx", "the model has no graph");
}
