import type { ErrorDescription } from "@diopter/engine/editing";
import { connectionStrings } from "../strings/connection.js";

/** The server refused, and says why where it can. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly description: ErrorDescription | undefined;

  constructor(status: number, description: ErrorDescription | undefined) {
    super(description?.message ?? connectionStrings.answered(status));
    this.status = status;
    this.description = description;
  }
}

/** What went wrong in words, and what to do about it. */
export function explain(reason: unknown): { readonly message: string; readonly remedy?: string } {
  if (reason instanceof RequestError) {
    const remedy = reason.description?.remedy;
    return { message: reason.message, ...(remedy === undefined ? {} : { remedy }) };
  }
  if (reason instanceof TypeError) {
    return { message: connectionStrings.unreachable, remedy: connectionStrings.comesBack };
  }
  return { message: reason instanceof Error ? reason.message : String(reason) };
}
