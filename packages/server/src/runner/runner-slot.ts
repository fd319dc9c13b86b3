import type { DeviceName, ErrorDescription } from "@diopter/engine";
import type { Logger } from "pino";
import type { DeviceState } from "../protocol/index.js";
import type { TakenJob } from "../queue/index.js";
import { Attempt, type AttemptLimits, type AttemptListener } from "./attempt.js";
import type { FromRunner, RunnerSetup } from "./messages.js";
import { crashError, type KillReason, type ProcessExit } from "./runner-death.js";
import { RunnerProcess } from "./runner-process.js";

export interface SlotOptions extends AttemptLimits {
  readonly setup: RunnerSetup;
  readonly restartMilliseconds: number;
  readonly logger: Logger;
}

const longestWait = 30_000;
const startMilliseconds = 120_000;
/** Deaths in a row after which a job is told that no runner starts. */
const mostStarts = 8;

type About = Extract<FromRunner, { type: "ready" }>;
type Start =
  | { readonly usable: true; readonly runner: RunnerProcess }
  | {
      readonly usable: false;
      readonly error: ErrorDescription;
      /** It died, which another one need not. */
      readonly mayRetry: boolean;
    };

/** The place of one device: its runner process, started when it is needed and again when it dies. */
export class RunnerSlot {
  readonly device: DeviceName;
  readonly #options: SlotOptions;
  #runner: RunnerProcess | undefined;
  #starting: Promise<Start> | undefined;
  #started: ((start: Start) => void) | undefined;
  #about: About | undefined;
  #attempt: Attempt | undefined;
  #resident = 0;
  #restarts = 0;
  /** Deaths since a job was last done. */
  #deathsInARow = 0;
  #isWaiting = false;
  #isFreed = false;
  #onFreed: (() => void) | undefined;
  #error: string | undefined;
  #watched = false;

  constructor(options: SlotOptions) {
    this.device = options.setup.device;
    this.#options = options;
  }

  /** The job that runs here. */
  get job(): string | undefined {
    return this.#attempt?.job.id;
  }

  get state(): DeviceState {
    const { id, description, reason, memoryBudget } = this.#about ?? {};
    return {
      name: this.device,
      state: this.#stateName(),
      restarts: this.#restarts,
      ...(this.#runner === undefined ? {} : { resident: this.#resident }),
      ...(id === undefined ? {} : { id }),
      ...(description === undefined ? {} : { description }),
      ...(reason === undefined ? {} : { reason }),
      ...(memoryBudget === undefined ? {} : { memoryBudget }),
      ...(this.job === undefined ? {} : { job: this.job }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    };
  }

  /** A runner that can take a job; after deaths in a row it is started more and more slowly. */
  ready(): Promise<Start> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Runs a job on a runner that is ready. */
  run(runner: RunnerProcess, job: TakenJob, listener: AttemptListener): Attempt {
    const attempt = new Attempt(job, this.#options, listener, () => runner.kill());
    this.#attempt = attempt;
    const { id, request, lastEvent } = job;
    runner.send({ type: "watch", watched: this.#watched });
    runner.send({ type: "run", job: id, attempt: job.attempt, request, lastEvent });
    // It may have died between being ready and now.
    if (this.#runner !== runner) attempt.died({ code: null, signal: null, said: "" });
    void attempt.ended.then(() => this.#done(attempt));
    return attempt;
  }

  /** Tells the runner to give up this job; should it not hear, it is ended. */
  giveUp(job: string, because: KillReason): void {
    if (this.#attempt?.job.id !== job) return;
    this.#runner?.send({ type: "cancel", job, attempt: this.#attempt.job.attempt });
    this.#attempt.giveUp(because);
  }

  /** Whether anybody looks at previews of the job that runs here. */
  watch(watched: boolean): void {
    if (this.#watched === watched) return;
    this.#watched = watched;
    this.#runner?.send({ type: "watch", watched });
  }

  /**
   * Gives memory back: an idle runner leaves, a busy one drops what it only remembers and leaves
   * after its job. Tells the resident bytes before and after.
   */
  async free(): Promise<{ readonly before: number; readonly after: number }> {
    const before = this.#runner === undefined ? 0 : this.#resident;
    if (this.#runner === undefined) return { before, after: 0 };
    if (this.#attempt === undefined) {
      await this.stop();
      return { before, after: 0 };
    }
    this.#isFreed = true;
    await new Promise<void>((resolve) => {
      this.#onFreed = resolve;
      this.#runner?.send({ type: "free" });
    });
    return { before, after: this.#resident };
  }

  /** Ends the runner, which has no job, and waits until it is gone. */
  async stop(): Promise<void> {
    const runner = this.#runner;
    if (runner === undefined) return;
    this.#starting = undefined;
    await new Promise<void>((resolve) => {
      this.#onGone = resolve;
      runner.leave();
      const late = setTimeout(() => runner.kill(), 2000);
      late.unref();
    });
  }

  #onGone: (() => void) | undefined;

  async #start(): Promise<Start> {
    const { restartMilliseconds, setup, logger } = this.#options;
    if (this.#deathsInARow > 0) {
      this.#isWaiting = true;
      const wait = restartMilliseconds * 2 ** (this.#deathsInARow - 1);
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, longestWait)));
      this.#isWaiting = false;
    }
    return new Promise((resolve) => {
      const late = setTimeout(() => runner.kill(), startMilliseconds);
      this.#started = (start) => {
        clearTimeout(late);
        resolve(start);
      };
      const runner: RunnerProcess = new RunnerProcess(setup, logger, {
        message: (message) => this.#heard(runner, message),
        exit: (exit) => this.#died(runner, exit),
      });
      this.#runner = runner;
    });
  }

  #heard(runner: RunnerProcess, message: FromRunner): void {
    if (this.#runner !== runner) return;
    if ("resident" in message) this.#resident = message.resident;
    if (message.type === "ready") {
      this.#about = message;
      this.#error = undefined;
      this.#started?.({ usable: true, runner });
    } else if (message.type === "unusable") {
      this.#error = message.error.message;
      this.#deathsInARow += 1;
      this.#started?.({ usable: false, error: message.error, mayRetry: false });
      this.#starting = undefined;
      runner.kill();
    } else if (message.type === "freed") {
      this.#onFreed?.();
    } else {
      this.#attempt?.message(message);
    }
  }

  #died(runner: RunnerProcess, exit: ProcessExit): void {
    if (this.#runner !== runner) return;
    const wasWanted = this.#starting !== undefined;
    this.#runner = undefined;
    this.#about = undefined;
    this.#starting = undefined;
    this.#onGone?.();
    this.#onFreed?.();
    if (!wasWanted) return;
    this.#restarts += 1;
    this.#deathsInARow += 1;
    this.#options.logger.warn({ ...exit, job: this.job }, "runner died");
    const error = crashError(exit).toJSON();
    const mayRetry = this.#deathsInARow < mostStarts;
    this.#started?.({ usable: false, error, mayRetry });
    this.#attempt?.died(exit);
  }

  #done(attempt: Attempt): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    if (this.#runner !== undefined) this.#deathsInARow = 0;
    if (this.#isFreed) void this.stop();
    this.#isFreed = false;
  }

  #stateName(): DeviceState["state"] {
    if (this.#isWaiting) return "waiting";
    if (this.#attempt !== undefined) return "busy";
    if (this.#runner === undefined) return "stopped";
    return this.#about === undefined ? "starting" : "idle";
  }
}
