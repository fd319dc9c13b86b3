import type { RunEvent } from "@diopter/engine";

/** Milliseconds in which events are gathered, once some have just been sent. */
const pause = 25;

/**
 * Sends events in batches: the first one at once, what follows it closely together. Inference
 * blocks timers, so whoever is about to block flushes before.
 */
export class EventSender {
  readonly #send: (events: RunEvent[]) => void;
  #waiting: RunEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(send: (events: RunEvent[]) => void) {
    this.#send = send;
  }

  add(event: RunEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > 1) return;
    const wait = this.#sentAt + pause - performance.now();
    if (wait <= 0) queueMicrotask(() => this.flush());
    else this.#timer = setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#sentAt = performance.now();
    this.#send(events);
  }
}
