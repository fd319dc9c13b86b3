import { type OnnxModel, readModel } from "@diopter/onnx";

/** Bytes of a model itself and of the tensors that lie in files beside it. */
export function weightBytes(model: OnnxModel): number {
  const own = model.bytes.byteLength;
  if (model.externalFiles.length === 0) return own;
  const stored = readModel(model.bytes).proto.graph?.initializer ?? [];
  return stored
    .flatMap(({ externalData }) => externalData)
    .filter(({ key }) => key === "length")
    .reduce((sum, { value }) => sum + Number(value), own);
}
