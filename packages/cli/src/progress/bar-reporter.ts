import { describeError } from "@diopter/engine";
import picocolors from "picocolors";
import type { Terminal } from "../terminal.js";
import { type BarState, barLine } from "./bar-line.js";
import type { Reporter } from "./reporter.js";

const eraseLine = "\r\u001b[2K";

/** A line that is redrawn: bar, per cent, time left, and what runs now. Notes scroll above it. */
export function barReporter(terminal: Terminal): Reporter {
  const colours = picocolors.createColors(terminal.colour);
  let state: BarState = { prefix: "", fraction: 0, remaining: undefined, activity: "" };
  const clear = () => terminal.err(eraseLine);
  const draw = (change: Partial<BarState>) => {
    state = { ...state, ...change };
    terminal.err(eraseLine + barLine(state, terminal.columns, colours.cyan));
  };
  const say = (text: string) => {
    terminal.err(`${eraseLine}${text}\n`);
    draw({});
  };
  return {
    clear,
    begin: ({ index, total, name }) => {
      const prefix = total > 1 ? `[${index + 1}/${total}] ` : "";
      draw({ prefix, fraction: 0, remaining: undefined, activity: name });
    },
    event: (event) => {
      switch (event.type) {
        case "run-progressed":
          return draw({ fraction: event.fraction, remaining: event.remaining });
        case "node-started":
          return draw({ activity: event.node });
        case "node-progressed":
          return draw({
            activity: [
              `${event.node} ${event.label ?? "part"} ${event.done}/${event.total}`,
              ...(event.within === undefined
                ? []
                : [`${event.within.label} ${event.within.done}/${event.within.total}`]),
            ].join(", "),
          });
        case "node-noted":
          return say(colours.yellow(`${event.node}: ${event.message}`));
        case "node-failed":
          return say(colours.red(describeError(event.error)));
        case "run-finished":
          return clear();
        default:
          return;
      }
    },
  };
}
