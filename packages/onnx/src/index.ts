export {
  type Attribute,
  type Attributes,
  float,
  graph,
  integer,
  integers,
  tensor,
  text,
} from "./core/attributes.js";
export { type DataType, elementByteLength, isDataType } from "./core/data-types.js";
export {
  addDimensions,
  canonicalDimension,
  compareDimensions,
  type Dimension,
  divideDimension,
  evaluateDimension,
  floorDivideDimension,
  multiplyDimensions,
  subtractDimensions,
} from "./core/dimension.js";
export {
  type BuildErrorCode,
  type ModelErrorCode,
  OnnxBuildError,
  OnnxModelError,
} from "./core/errors.js";
export type { ExternalFile } from "./core/external-files.js";
export {
  bfloat16ToFloat32Array,
  float16ToFloat32Array,
  float32ToBfloat16Bits,
  float32ToFloat16Bits,
} from "./core/half-floats.js";
export type {
  GraphDescription,
  OnnxModel,
  OperatorDescription,
  StoredWeight,
  ValueDescription,
} from "./core/model-description.js";
export type { Shape } from "./core/shape.js";
export {
  type ExternalTensor,
  type InlineTensor,
  isExternal,
  type NumericArray,
  type TensorSource,
} from "./core/tensor-source.js";
export type { NamedValues, Operand, SameTypes, ShapeOperand, Value } from "./core/value.js";
export type { PerAxis, WindowOptions } from "./core/window.js";
export {
  GraphBuilder,
  type GraphBuilderOptions,
  supportedOpsets,
} from "./graph-builder.js";
export {
  type Branches,
  type CustomOperator,
  GraphScope,
  type LoopOptions,
  type LoopResult,
  type LoopStep,
} from "./operators/control-flow.js";
export type { ConvOptions, ConvTransposeOptions, PoolOptions } from "./operators/convolution.js";
export type { SliceRange } from "./operators/indexing.js";
export type { PadOptions } from "./operators/join.js";
export type { GemmOptions } from "./operators/linear.js";
export type { GroupNormOptions, LayerNormalizationOptions } from "./operators/normalization.js";
export type { ArgOptions, ReduceOptions } from "./operators/reduction.js";
export type { GridSampleOptions, ResizeOptions } from "./operators/resampling.js";
export * from "./safetensors/index.js";
export { type MergeOptions, mergeModels } from "./surgery/merge.js";
export { type ParsedModel, type ReadModelOptions, readModel, writeModel } from "./surgery/model.js";
export {
  freezeInput,
  type NodeDescription,
  nodesOf,
  pruneModel,
  renameModelValues,
  replaceValue,
} from "./surgery/rewrite.js";
