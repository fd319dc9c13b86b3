import type { RunEvent } from "@diopter/engine";

/** Events that may be sent at once, each by itself, and how many more a second brings. */
const burst = 20;
const perSecond = 100;
/** Milliseconds in which more than these are gathered. */
const pause = 25;

/**
 * Sends events at once, for a node may block this thread right after it was told to have started;
 * where they come thick and fast, in batches.
 */
export class EventSender {
  readonly #send: (events: RunEvent[]) => void;
  #waiting: RunEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #left = burst;
  #at = performance.now();

  constructor(send: (events: RunEvent[]) => void) {
    this.#send = send;
  }

  add(event: RunEvent): void {
    this.#waiting.push(event);
    const now = performance.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#left >= 1) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), pause);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#left -= 1;
    this.#send(events);
  }
}
