import type { RunEvent, RunEventBody } from "../events/index.js";

/** Numbers events from 1 without gaps and hands them on, each with its time since the start. */
export class EventLog {
  readonly #hand: ((event: RunEvent) => void) | undefined;
  readonly #started = performance.now();
  #sequence = 0;

  constructor(hand: ((event: RunEvent) => void) | undefined) {
    this.#hand = hand;
  }

  /** Whole milliseconds since the start. */
  get elapsed(): number {
    return Math.round(performance.now() - this.#started);
  }

  add(body: RunEventBody): void {
    if (this.#hand === undefined) return;
    this.#sequence += 1;
    this.#hand({ ...body, sequence: this.#sequence, at: this.elapsed });
  }
}

/** The part of an event that tells an item's place: nothing outside of an iteration. */
export function itemOf(index: readonly number[]): { readonly item?: readonly number[] } {
  return index.length === 0 ? {} : { item: index };
}
