import type { EvaluationProgress } from "@diopter/laboratory";
import picocolors from "picocolors";
import type { Terminal } from "../terminal.js";
import { barLine } from "./bar-line.js";
import { formatDuration } from "./duration.js";

/** Shows how far an evaluation has come. */
export interface EvaluationReporter {
  progress(progress: EvaluationProgress): void;
  /** Takes what is drawn off the screen. */
  clear(): void;
}

const eraseLine = "\r\u001b[2K";
const silent: EvaluationReporter = { progress: () => {}, clear: () => {} };

/** A bar with the time left on a screen, a line an item in a pipe, nothing when quiet. */
export function evaluationReporter(terminal: Terminal, quiet: boolean): EvaluationReporter {
  if (quiet) return silent;
  return terminal.interactive ? bar(terminal) : lines(terminal);
}

function bar(terminal: Terminal): EvaluationReporter {
  const colours = picocolors.createColors(terminal.colour);
  return {
    clear: () => terminal.err(eraseLine),
    progress: ({ done, total, label, fraction, remaining }) => {
      const prefix = `[${Math.min(done + 1, total)}/${total}] `;
      const state = { prefix, fraction, remaining, activity: label };
      terminal.err(eraseLine + barLine(state, terminal.columns, colours.cyan));
    },
  };
}

function lines(terminal: Terminal): EvaluationReporter {
  let told = -1;
  return {
    clear: () => {},
    progress: ({ done, total, label, remaining }) => {
      if (done <= told) return;
      told = done;
      const left = remaining === undefined ? "" : `, ${formatDuration(remaining)} left`;
      terminal.err(`[${done + 1}/${total}] ${label}${left}\n`);
    },
  };
}
