import { Demand } from "./demand.js";
import type { StepItem } from "./step-item.js";

/** Wakes items whose key or value somebody wants, and of many only a few at a time. */
export class Wants {
  readonly #window: number;
  readonly #wake: (item: StepItem) => void;

  constructor(window: number, wake: (item: StepItem) => void) {
    this.#window = window;
    this.#wake = wake;
  }

  demand(): Demand<StepItem> {
    return new Demand(this.#window);
  }

  one(item: StepItem, what: "keys" | "values"): void {
    if (what === "values") item.wantsValue = true;
    // In any other stage it is on its way, and finds out by itself what is wanted of it.
    if (item.stage === "idle" || item.stage === "keyed") this.#wake(item);
  }

  few(items: readonly StepItem[]): void {
    const demand = this.demand();
    demand.add(items);
    this.goOn(demand);
  }

  /** A demand has grown, or one of its items has ended. */
  goOn(demand: Demand<StepItem>): void {
    for (const item of demand.take()) {
      item.demands.push(demand);
      this.one(item, "values");
    }
  }
}
