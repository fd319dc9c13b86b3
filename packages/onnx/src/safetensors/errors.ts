const marker = Symbol.for("diopter.onnx.safetensors-error");

export type SafetensorsErrorCode =
  | "truncated"
  | "header-too-large"
  | "invalid-json"
  | "not-an-object"
  | "duplicate-key"
  | "invalid-metadata"
  | "invalid-entry"
  | "unknown-dtype"
  | "invalid-shape"
  | "invalid-offsets"
  | "size-mismatch"
  | "overlap"
  | "hole"
  | "out-of-range"
  | "trailing-bytes"
  | "unknown-tensor"
  | "unsupported-dtype"
  | "unreadable";

/** A safetensors file that is refused, or a tensor that it does not have. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
  readonly [marker] = true;
  readonly code: SafetensorsErrorCode;
  /** What is wrong, in one sentence, with the tensor's name where there is one. */
  readonly reason: string;

  constructor(code: SafetensorsErrorCode, reason: string, options?: ErrorOptions) {
    super(`safetensors: ${reason}`, options);
    this.code = code;
    this.reason = reason;
  }

  static isInstance(error: unknown): error is SafetensorsError {
    return error instanceof Error && marker in error;
  }
}
