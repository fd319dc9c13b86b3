import type { DiopterError, RunEvent } from "@diopter/engine";
import type { PreviewHeader } from "../protocol/index.js";
import type { TakenJob } from "../queue/index.js";
import type { FromRunner } from "./messages.js";
import { crashError, hungError, type KillReason, type ProcessExit } from "./runner-death.js";

/** How an attempt ended. */
export type AttemptEnd =
  | { readonly type: "ended"; readonly message: Extract<FromRunner, { type: "ended" }> }
  | {
      readonly type: "died";
      /** Absent where it died by itself. */
      readonly because: KillReason | undefined;
      readonly error: DiopterError;
      /** Nodes that ran at that moment. */
      readonly nodes: readonly string[];
    };

export interface AttemptListener {
  events(events: readonly RunEvent[]): void;
  preview(header: PreviewHeader, bytes: Uint8Array): void;
}

export interface AttemptLimits {
  readonly hangSeconds: number;
  readonly cancelSeconds: number;
}

/** One attempt at a job, as the server follows it. */
export class Attempt {
  readonly job: TakenJob;
  readonly ended: Promise<AttemptEnd>;
  readonly #limits: AttemptLimits;
  readonly #listener: AttemptListener;
  readonly #kill: () => void;
  readonly #running = new Map<string, number>();
  #resolve: (end: AttemptEnd) => void = () => {};
  #alarm: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;
  #killed: KillReason | undefined;

  constructor(job: TakenJob, limits: AttemptLimits, listener: AttemptListener, kill: () => void) {
    this.job = job;
    this.#limits = limits;
    this.#listener = listener;
    this.#kill = kill;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#heard();
  }

  message(message: FromRunner): void {
    if (!("attempt" in message)) return;
    if (message.job !== this.job.id || message.attempt !== this.job.attempt) return;
    this.#heard();
    if (message.type === "ended") this.#end({ type: "ended", message });
    else if (message.type === "preview") this.#listener.preview(message.header, message.bytes);
    else {
      for (const event of message.events) this.#follow(event);
      this.#listener.events(message.events);
    }
  }

  /** The runner has been told to give up: it gets some time for it. */
  giveUp(because: KillReason): void {
    this.#grace ??= setTimeout(() => this.#killFor(because), this.#limits.cancelSeconds * 1000);
  }

  died(exit: ProcessExit): void {
    const because = this.#killed;
    const error = because === "hung" ? hungError(this.#limits.hangSeconds) : crashError(exit);
    this.#end({ type: "died", because, error, nodes: [...this.#running.keys()] });
  }

  #heard(): void {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#killFor("hung"), this.#limits.hangSeconds * 1000);
  }

  #killFor(because: KillReason): void {
    this.#killed ??= because;
    this.#kill();
  }

  #end(end: AttemptEnd): void {
    clearTimeout(this.#alarm);
    clearTimeout(this.#grace);
    this.#resolve(end);
  }

  #follow(event: RunEvent): void {
    if (event.type === "node-started") {
      this.#running.set(event.node, (this.#running.get(event.node) ?? 0) + 1);
    } else if (event.type === "node-finished" || event.type === "node-failed") {
      const left = (this.#running.get(event.node) ?? 1) - 1;
      if (left > 0) this.#running.set(event.node, left);
      else this.#running.delete(event.node);
    }
  }
}
