import type { Terminal } from "../terminal.js";
import { barReporter } from "./bar-reporter.js";
import { jsonReporter } from "./json-reporter.js";
import { plainReporter } from "./plain-reporter.js";
import type { Reporter } from "./reporter.js";

const silent: Reporter = { begin: () => {}, event: () => {}, clear: () => {} };

/** JSON where a program reads, a bar on a screen, lines in a pipe, nothing when asked for nothing. */
export function chooseReporter(
  terminal: Terminal,
  options: { readonly json: boolean; readonly quiet: boolean },
): Reporter {
  if (options.json) return jsonReporter(terminal);
  if (options.quiet) return silent;
  return terminal.interactive ? barReporter(terminal) : plainReporter(terminal);
}
