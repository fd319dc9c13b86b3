import type { Terminal } from "../terminal.js";
import type { Reporter } from "./reporter.js";

/** One JSON object a line on standard output: the events, and a line before each picture. */
export function jsonReporter(terminal: Terminal): Reporter {
  const write = (value: unknown) => terminal.out(`${JSON.stringify(value)}\n`);
  return {
    begin: (item) => write({ type: "item-started", ...item }),
    event: write,
    clear: () => {},
  };
}
