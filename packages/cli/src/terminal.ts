/** What a command sees of the world: replaced as a whole in tests. */
export interface Terminal {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Results, for people and for programs. */
  out(text: string): void;
  /** Progress, notes and errors. */
  err(text: string): void;
  /** Standard error is a screen on which a line can be redrawn. */
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly columns: number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stderr, stdout } = process;
  return {
    directory: process.cwd(),
    environment: env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    interactive: stderr.isTTY === true && env.CI === undefined && env.TERM !== "dumb",
    colour: stderr.isTTY === true && env.NO_COLOR === undefined,
    columns: stderr.columns ?? 80,
  };
}
