import { clone } from "@bufbuild/protobuf";
import { GraphProtoSchema, type TensorProto } from "../generated/onnx_pb.js";
import { encodeBody } from "./encode-body.js";
import { externalTensors } from "./external-files.js";
import type { GraphBody } from "./graph-body.js";
import { pruneGraph } from "./graph-walk.js";
import type { GraphDescription, StoredWeight } from "./model-description.js";

/** Lists the operators that the outputs need, with shapes, and the weights that lie in files. */
export function describeGraph(body: GraphBody): GraphDescription {
  const graph = clone(GraphProtoSchema, encodeBody(body, ""));
  pruneGraph(graph);
  const shapeOf = (name: string) => body.shapes.get(name);
  return {
    operators: graph.node.map(({ opType, input, output }) => ({
      operator: opType,
      inputs: input.map(shapeOf),
      outputs: output.map(shapeOf),
    })),
    weights: externalTensors(graph).map(storedWeight),
  };
}

function storedWeight({ dims, externalData }: TensorProto): StoredWeight {
  const entry = (key: string) => externalData.find((pair) => pair.key === key)?.value ?? "";
  return {
    path: entry("location"),
    offset: Number(entry("offset")),
    elements: dims.reduce((product, size) => product * Number(size), 1),
  };
}
