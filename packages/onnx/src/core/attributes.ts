import { create } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  type GraphProto,
  type TensorProto,
} from "../generated/onnx_pb.js";

/** An operator's attribute before it has its name. */
export type Attribute =
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "integers"; readonly value: readonly number[] }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "tensor"; readonly value: TensorProto }
  | { readonly kind: "graph"; readonly value: GraphProto };

/** Attributes by ONNX name; undefined leaves ONNX's default. */
export type Attributes = Readonly<Record<string, Attribute | undefined>>;

export const integer = (value: number): Attribute => ({ kind: "integer", value });
export const float = (value: number): Attribute => ({ kind: "float", value });
export const text = (value: string): Attribute => ({ kind: "text", value });
export const integers = (value: readonly number[]): Attribute => ({ kind: "integers", value });
export const tensor = (value: TensorProto): Attribute => ({ kind: "tensor", value });
export const graph = (value: GraphProto): Attribute => ({ kind: "graph", value });

function encode(name: string, attribute: Attribute): AttributeProto {
  switch (attribute.kind) {
    case "integer":
      return create(AttributeProtoSchema, {
        name,
        type: AttributeType.INT,
        i: BigInt(attribute.value),
      });
    case "float":
      return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: attribute.value });
    case "text":
      return create(AttributeProtoSchema, {
        name,
        type: AttributeType.STRING,
        s: new TextEncoder().encode(attribute.value),
      });
    case "integers":
      return create(AttributeProtoSchema, {
        name,
        type: AttributeType.INTS,
        ints: attribute.value.map((value) => BigInt(value)),
      });
    case "floats":
      return create(AttributeProtoSchema, {
        name,
        type: AttributeType.FLOATS,
        floats: [...attribute.value],
      });
    case "tensor":
      return create(AttributeProtoSchema, { name, type: AttributeType.TENSOR, t: attribute.value });
    case "graph":
      return create(AttributeProtoSchema, { name, type: AttributeType.GRAPH, g: attribute.value });
  }
}

export function encodeAttributes(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).flatMap(([name, attribute]) =>
    attribute === undefined ? [] : [encode(name, attribute)],
  );
}
