import { runCommandLine } from "./command-line.js";
import { processTerminal } from "./terminal.js";

const cancelled = 130;
const controller = new AbortController();

/** The first signal ends the run in good order; a second one ends the program at once. */
function cancel(): void {
  if (controller.signal.aborted) process.exit(cancelled);
  controller.abort();
}

process.on("SIGINT", cancel);
process.on("SIGTERM", cancel);
// A reader that leaves early, such as `head`, is no defect.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
process.exitCode = await runCommandLine(
  process.argv.slice(2),
  processTerminal(),
  controller.signal,
);
