import type { Awaitable } from "../cache/index.js";

/** Counts the answers that are still to come, and goes on after each. */
export class PendingWork {
  readonly #goOn: () => void;
  #count = 0;

  constructor(goOn: () => void) {
    this.#goOn = goOn;
  }

  get count(): number {
    return this.#count;
  }

  /** Hands on the answer at once where it is there, else when it comes. */
  ask<T>(
    question: () => Awaitable<T>,
    answered: (answer: T) => void,
    failed: (thrown: unknown) => void,
  ): void {
    let answer: Awaitable<T>;
    try {
      answer = question();
    } catch (thrown) {
      failed(thrown);
      return;
    }
    if (!(answer instanceof Promise)) {
      answered(answer);
      return;
    }
    this.#count += 1;
    const later = (act: () => void) => {
      this.#count -= 1;
      act();
      this.#goOn();
    };
    answer.then(
      (value) => later(() => answered(value)),
      (thrown: unknown) => later(() => failed(thrown)),
    );
  }
}
