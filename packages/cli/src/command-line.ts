import { reportFailure } from "./failure.js";
import { createProgram } from "./program.js";
import { processTerminal, type Terminal } from "./terminal.js";

/**
 * Runs one command line.
 * @param words The words after the program's name.
 * @returns The exit code.
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal = processTerminal(),
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let code = 0;
  const exit = (value: number) => {
    code = value;
  };
  try {
    await createProgram({ terminal, signal, exit }).parseAsync([...words], { from: "user" });
    return code;
  } catch (thrown) {
    return reportFailure(thrown, terminal);
  }
}
