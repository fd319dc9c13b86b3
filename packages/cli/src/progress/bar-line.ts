import { formatDuration } from "./duration.js";

/** What the redrawn line says. */
export interface BarState {
  /** Place in a batch, such as `[2/9] `, or empty. */
  readonly prefix: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Milliseconds left, if known. */
  readonly remaining: number | undefined;
  /** Node and its own progress. */
  readonly activity: string;
}

const barWidth = 24;

/** `[2/9] ━━━━━━━━────────────────  33 %  12 s left  sample step 5/15`, cut to `columns`. */
export function barLine(
  state: BarState,
  columns: number,
  paint: (text: string) => string = (text) => text,
): string {
  const fraction = Math.min(1, Math.max(0, state.fraction));
  const filled = Math.round(fraction * barWidth);
  const percent = `${Math.floor(fraction * 100)}`.padStart(3);
  const left = state.remaining === undefined ? "" : `  ${formatDuration(state.remaining)} left`;
  const tail = ` ${percent} %${left}  ${state.activity}`;
  const room = Math.max(0, columns - 1 - state.prefix.length - barWidth);
  const bar = paint("━".repeat(filled)) + "─".repeat(barWidth - filled);
  return state.prefix + bar + tail.slice(0, room);
}
