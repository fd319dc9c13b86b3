import { create } from "@bufbuild/protobuf";
import {
  TensorProto_DataLocation as DataLocation,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "../generated/onnx_pb.js";
import { type DataType, dataTypeCode } from "./data-types.js";
import type { Shape } from "./shape.js";
import { isExternal, type TensorSource } from "./tensor-source.js";

/** A tensor as ONNX stores it: raw bytes inside, or the place of its bytes in a file. */
export function encodeTensor(name: string, tensor: TensorSource): TensorProto {
  const head = {
    name,
    dataType: dataTypeCode(tensor.type),
    dims: tensor.shape.map((size) => BigInt(size)),
  };
  if (!isExternal(tensor)) return create(TensorProtoSchema, { ...head, rawData: tensor.bytes });
  return create(TensorProtoSchema, {
    ...head,
    dataLocation: DataLocation.EXTERNAL,
    externalData: [
      { key: "location", value: tensor.path },
      { key: "offset", value: String(tensor.offset) },
      { key: "length", value: String(tensor.byteLength) },
    ],
  });
}

/** A graph input or output as ONNX declares it. */
export function encodeValueInfo(name: string, type: DataType, shape: Shape): ValueInfoProto {
  const dim = shape.map((size) => ({
    value:
      typeof size === "number"
        ? { case: "dimValue" as const, value: BigInt(size) }
        : { case: "dimParam" as const, value: size },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: { case: "tensorType", value: { elemType: dataTypeCode(type), shape: { dim } } },
    },
  });
}
