import { describeError } from "@diopter/engine";
import type { Terminal } from "../terminal.js";
import { formatDuration } from "./duration.js";
import type { Reporter } from "./reporter.js";

const quarter = 0.25;

/** Plain lines for a pipe or a log: one when a node ends, and every quarter of a long node. */
export function plainReporter(terminal: Terminal): Reporter {
  const write = (text: string) => terminal.err(`${text}\n`);
  const quarters = new Map<string, number>();
  return {
    begin: ({ index, total, name }) => {
      quarters.clear();
      if (total > 1) write(`[${index + 1}/${total}] ${name}`);
    },
    clear: () => {},
    event: (event) => {
      switch (event.type) {
        case "node-progressed": {
          const reached = Math.floor(event.done / event.total / quarter);
          if (reached <= (quarters.get(event.node) ?? 0) || event.done === event.total) return;
          quarters.set(event.node, reached);
          const left =
            event.remaining === undefined ? "" : `, ${formatDuration(event.remaining)} left`;
          return write(
            `${event.node}: ${event.label ?? "part"} ${event.done}/${event.total}${left}`,
          );
        }
        case "node-finished":
          return write(`${event.node}: done in ${formatDuration(event.milliseconds)}`);
        case "node-cached":
          return write(`${event.node}: cached`);
        case "node-noted":
          return write(`${event.node}: ${event.message}`);
        case "node-failed":
          return write(describeError(event.error));
        case "node-skipped":
          return write(`${event.node}: skipped, ${event.because}`);
        default:
          return;
      }
    },
  };
}
