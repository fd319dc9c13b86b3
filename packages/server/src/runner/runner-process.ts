import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import { type FromRunner, fromRunnerSchema, type RunnerSetup, type ToRunner } from "./messages.js";
import type { ProcessExit } from "./runner-death.js";

/** The runner's program, compiled: Node.js does not read the sources. */
const program = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "../../dist/runner/main.js" : "./main.js",
    import.meta.url,
  ),
);
const longestTail = 4000;
const lastWordsMilliseconds = 100;

export interface RunnerListener {
  message(message: FromRunner): void;
  /** Called once. */
  exit(exit: ProcessExit): void;
}

/** A runner process, from its start to its end. */
export class RunnerProcess {
  readonly #child: ChildProcess;
  #said = "";

  constructor(setup: RunnerSetup, logger: Logger, listener: RunnerListener) {
    this.#child = fork(program, [], {
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      execArgv: [],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#said = (this.#said + text).slice(-longestTail);
        logger.debug({ runner: this.pid }, text.trimEnd());
      });
    }
    this.#child.on("message", (data) => {
      const parsed = fromRunnerSchema.safeParse(data);
      if (parsed.success) listener.message(parsed.data);
      else logger.error({ runner: this.pid, err: parsed.error }, "runner sent nonsense");
    });
    let hasEnded = false;
    const end = (code: number | null, signal: string | null) => {
      if (hasEnded) return;
      hasEnded = true;
      listener.exit({ code, signal, said: this.#said });
    };
    // Its last words are read before "close", which does not come where it was told to leave.
    this.#child.on("close", end);
    this.#child.on("exit", (code, signal) => {
      setTimeout(() => end(code, signal), lastWordsMilliseconds);
    });
    this.#child.on("error", (error) => {
      this.#said += error.message;
      if (this.#child.pid === undefined) end(null, null);
    });
    this.send({ type: "set-up", setup });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: ToRunner): void {
    // A runner that has died does not hear it, and its end is told anyway.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** At once, whatever it does. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Once it has nothing more to do. */
  leave(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
