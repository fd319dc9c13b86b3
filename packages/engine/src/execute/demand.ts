/**
 * Items that somebody wants all of, started a few at a time: so that a thousand pictures are not
 * all decoded before the first is enlarged. Each demand has its own window, hence a demand that
 * waits for another can never hold it up.
 */
export class Demand<Item extends { readonly outcome: unknown }> {
  readonly #window: number;
  readonly #queue: Item[] = [];
  #next = 0;
  #underWay = 0;

  constructor(window: number) {
    this.#window = window;
  }

  add(items: Iterable<Item>): void {
    for (const item of items) this.#queue.push(item);
  }

  /** One of the items that were started has ended. */
  ended(): void {
    this.#underWay -= 1;
  }

  /** The items to start now. Those that have ended already take no place. */
  take(): readonly Item[] {
    const taken: Item[] = [];
    while (this.#underWay < this.#window && this.#next < this.#queue.length) {
      const item = this.#queue[this.#next];
      this.#next += 1;
      if (item === undefined || item.outcome !== undefined) continue;
      this.#underWay += 1;
      taken.push(item);
    }
    return taken;
  }
}
