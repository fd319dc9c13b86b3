/**
 * How fast work is being done, as an exponential average over recent time, in units per
 * millisecond. What happened `memory` milliseconds ago counts 1/e of what happens now.
 */
export class Pace {
  readonly #memory: number;
  #rate: number | undefined;
  #done = 0;
  #at: number;

  constructor(now: number, memory = 5000) {
    this.#at = now;
    this.#memory = memory;
  }

  /** `done` units are done at time `now`, counted from the start. */
  update(done: number, now: number): void {
    const passed = now - this.#at;
    if (done <= this.#done || passed <= 0) return;
    const rate = (done - this.#done) / passed;
    const share = this.#rate === undefined ? 1 : 1 - Math.exp(-passed / this.#memory);
    this.#rate = (this.#rate ?? 0) * (1 - share) + rate * share;
    this.#done = done;
    this.#at = now;
  }

  /** Milliseconds that `units` more will take; undefined while nothing is known. */
  timeFor(units: number): number | undefined {
    return this.#rate === undefined || this.#rate <= 0 ? undefined : Math.round(units / this.#rate);
  }
}
