import { DiopterError } from "../errors/index.js";

/** What ONNX Runtime, Dawn, Vulkan, CUDA and V8 say when an allocation fails. */
const outOfMemory = new RegExp(
  [
    "failed to allocate memory",
    "out[ _]of[ _](device[ _]|host[ _])?memory",
    "bad_alloc",
    "smaller than requested bytes",
    "exceeds the max(imum)? (storage )?buffer",
    "ALLOC_FAILED",
    "array buffer allocation failed",
    "invalid typed array length",
  ].join("|"),
  "i",
);

export function isOutOfMemory(thrown: unknown): boolean {
  if (DiopterError.is(thrown)) return thrown.code === "device/out-of-memory";
  return outOfMemory.test(messageOf(thrown));
}

export function outOfMemoryError(message: string, cause?: unknown): DiopterError {
  return new DiopterError("device/out-of-memory", {
    message,
    remedy: "Work on smaller tiles, or raise the memory budget.",
    cause,
  });
}

/** A failed run or a session that could not be made, as people should read it. */
export function deviceError(thrown: unknown, device: string, doing: string): DiopterError {
  if (DiopterError.is(thrown)) return thrown;
  if (isOutOfMemory(thrown)) {
    return outOfMemoryError(`${device} has not enough memory to ${doing}.`, thrown);
  }
  const operator = failedOperator(thrown);
  const where = operator === undefined ? "" : `, at operator "${operator}"`;
  return new DiopterError("device/failed", {
    message: `${device} could not ${doing}${where}: ${essence(thrown)}.`,
    remedy: "Check that the inputs belong together in size and type; try the device cpu.",
    cause: thrown,
  });
}

/** The name of the operator that a failed run stopped at, where ONNX Runtime says it. */
export function failedOperator(thrown: unknown): string | undefined {
  const cause = DiopterError.is(thrown) ? thrown.cause : thrown;
  return /Non-zero status code .* Name:'([^']*)'/.exec(messageOf(cause))?.[1];
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * What was thrown in a few words: without the source files, line numbers and signatures that ONNX
 * Runtime puts around its own messages, and without a full stop.
 */
export function essence(thrown: unknown): string {
  const status = messageOf(thrown).split("Status Message:").at(-1) ?? "";
  const lines = status.replace(
    /\/onnxruntime_src\/\S+ .*?(?:was false\.|\)(?: const)?(?=\s[A-Z]))/s,
    "",
  );
  return lines.trim().replace(/\s+/g, " ").replace(/[.]+$/, "");
}
