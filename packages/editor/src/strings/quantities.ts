const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A span of time in two units at most: "0.8 s", "42 s", "3 min 20 s", "1 h 5 min". */
export function printDuration(milliseconds: number): string {
  if (milliseconds < second) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 9.95 * second) return `${(milliseconds / second).toFixed(1)} s`;
  if (milliseconds < minute - 0.5 * second) return `${Math.round(milliseconds / second)} s`;
  if (milliseconds < hour - 0.5 * second) {
    const seconds = Math.round(milliseconds / second);
    return inTwo(Math.floor(seconds / 60), "min", seconds % 60, "s");
  }
  const minutes = Math.round(milliseconds / minute);
  return inTwo(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

/** A size in bytes: "812 B", "3.4 MB". */
export function printBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** How long ago a moment was: "just now", "5 min ago", or its date. */
export function printAgo(moment: number, now: number): string {
  const past = now - moment;
  if (past < minute) return "just now";
  if (past < hour) return `${Math.floor(past / minute)} min ago`;
  if (past < 24 * hour) return `${Math.floor(past / hour)} h ago`;
  return new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

function inTwo(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
