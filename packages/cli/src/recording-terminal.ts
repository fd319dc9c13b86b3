import type { Terminal } from "./terminal.js";

/** A terminal that keeps what was written, for tests of commands. */
export interface RecordingTerminal extends Terminal {
  readonly written: { out: string; err: string };
}

export function recordingTerminal(options: Partial<Terminal> = {}): RecordingTerminal {
  const written = { out: "", err: "" };
  return {
    directory: process.cwd(),
    environment: {},
    interactive: false,
    colour: false,
    columns: 80,
    written,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    ...options,
  };
}
