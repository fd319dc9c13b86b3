import type { ErrorCode } from "../errors/codes.js";
import type { Port } from "../nodes/ports.js";
import { socketTypes } from "./socket-types.js";

/** Whether a wire may be drawn; if not, why, in one sentence. */
export type Connection =
  | { readonly valid: true }
  | { readonly valid: false; readonly code: ErrorCode; readonly sentence: string };

/** Whether what leaves an output may enter an input, looking at their types alone. */
export function canPlug(output: Port, input: Port): Connection {
  if (output.socket === input.socket) return { valid: true };
  if (socketTypes[input.socket].accepts.includes(output.socket)) return { valid: true };
  return {
    valid: false,
    code: "document/type-mismatch",
    sentence: `The output gives ${output.socket} and the input takes ${input.socket}.`,
  };
}
