import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { NoiseRequest } from "./gaussian-noise.js";
import { type NoiseAnswer, ready } from "./noise-answer.js";

/** A thread that draws noise, for callers whose own thread is blocked by a session meanwhile. */
export interface NoiseThread {
  /** False while it is starting, and once it has failed. */
  readonly isReady: boolean;
  /** Undefined where the thread could not draw it. Requests are answered one after another. */
  draw(request: NoiseRequest): Promise<NoiseAnswer>;
  /** Ends the thread; what it was drawing is undefined. */
  close(): Promise<void>;
}

/**
 * Starts the thread. It keeps the process alive only while it is drawing.
 * @param script where the compiled worker lies, by default beside this file.
 * @returns undefined where there is no such file, as when running from source.
 */
export function openNoiseThread(
  script = new URL("./noise-worker.js", import.meta.url),
): NoiseThread | undefined {
  return existsSync(script) ? new WorkerThread(script) : undefined;
}

class WorkerThread implements NoiseThread {
  readonly #worker: Worker;
  readonly #waiting: ((answer: NoiseAnswer) => void)[] = [];
  #state: "starting" | "ready" | "ended" = "starting";

  constructor(script: URL) {
    // The options of this process, such as its own --eval, are not for the thread.
    this.#worker = new Worker(script, { execArgv: [] });
    this.#worker.unref();
    this.#worker.on("message", (message: NoiseAnswer | typeof ready) => this.#receive(message));
    this.#worker.on("error", () => this.#end());
    this.#worker.on("exit", () => this.#end());
  }

  get isReady(): boolean {
    return this.#state === "ready";
  }

  draw(request: NoiseRequest): Promise<NoiseAnswer> {
    if (this.#state === "ended") return Promise.resolve(undefined);
    this.#worker.ref();
    this.#worker.postMessage(request);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: NoiseAnswer | typeof ready): void {
    if (message === ready) {
      this.#state = "ready";
      return;
    }
    this.#waiting.shift()?.(message);
    if (this.#waiting.length === 0) this.#worker.unref();
  }

  #end(): void {
    this.#state = "ended";
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}
