import { DiopterError, toDiopterError } from "@diopter/engine";
import { CommanderError } from "commander";
import type { Terminal } from "./terminal.js";

/** Exit code of a batch in which some pictures failed and the others were done. */
export const someFailed = 8;

/** An error in how the command was called. */
export function usageError(message: string, remedy: string): DiopterError {
  return new DiopterError("usage/invalid", { message, remedy });
}

/**
 * Prints what was thrown as one line and returns the exit code for it. The stack of a defect is
 * shown only when `DIOPTER_DEBUG` is set.
 */
export function reportFailure(thrown: unknown, terminal: Terminal): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  const error = toDiopterError(thrown);
  terminal.err(`diopter: ${error.sentence}\n`);
  if (terminal.environment.DIOPTER_DEBUG !== undefined) {
    terminal.err(`${error.stack ?? ""}\n${describeCause(error.cause)}`);
  }
  return error.exitCode;
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? `caused by ${cause.stack ?? cause.message}\n` : "";
}
