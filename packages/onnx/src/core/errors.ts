const buildMarker = Symbol.for("diopter.onnx.build-error");
const modelMarker = Symbol.for("diopter.onnx.model-error");

/**
 * - `shape-mismatch`: shapes that cannot go together.
 * - `type-mismatch`: an element type that the operator does not take.
 * - `invalid-argument`: an option outside its range.
 * - `foreign-value`: a value of another builder.
 * - `out-of-scope`: a value of a loop or branch body, used outside it.
 * - `duplicate-name`: two inputs or two outputs with one name.
 * - `unsupported`: what the chosen opset or the builder does not have.
 * - `not-connected`: a model without outputs.
 */
export type BuildErrorCode =
  | "shape-mismatch"
  | "type-mismatch"
  | "invalid-argument"
  | "foreign-value"
  | "out-of-scope"
  | "duplicate-name"
  | "unsupported"
  | "not-connected";

/** A graph that cannot be built: names the operator, its node, and the inputs with their shapes. */
export class OnnxBuildError extends Error {
  override readonly name = "OnnxBuildError";
  readonly [buildMarker] = true;
  readonly code: BuildErrorCode;
  /** The ONNX operator ("Conv"), or the builder's method when no operator is involved ("input"). */
  readonly operator: string;
  readonly nodeName: string;

  constructor(code: BuildErrorCode, operator: string, nodeName: string, explanation: string) {
    super(`${operator} "${nodeName}": ${explanation}`);
    this.code = code;
    this.operator = operator;
    this.nodeName = nodeName;
  }

  /** True for errors of this class, also when they come from another copy of the package. */
  static isInstance(error: unknown): error is OnnxBuildError {
    return error instanceof Error && buildMarker in error;
  }
}

export type ModelErrorCode =
  | "not-onnx"
  | "unknown-name"
  | "unsupported-type"
  | "type-mismatch"
  | "shape-mismatch"
  | "duplicate-name"
  | "opset-mismatch"
  | "unordered"
  | "unsupported";

/** A model that cannot be read, or cannot be rewritten as asked. */
export class OnnxModelError extends Error {
  override readonly name = "OnnxModelError";
  readonly [modelMarker] = true;
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, explanation: string, options?: ErrorOptions) {
    super(explanation, options);
    this.code = code;
  }

  static isInstance(error: unknown): error is OnnxModelError {
    return error instanceof Error && modelMarker in error;
  }
}
