import type { EventLog } from "./event-log.js";
import type { EarlierRun } from "./run-report.js";
import type { StepItem, StepState } from "./step-item.js";

const leastInterval = 50;

/** How much of a run is done, weighed by what each node took in an earlier run where known. */
export class RunProgress {
  readonly #log: EventLog;
  readonly #weights: ReadonlyMap<StepState, number>;
  /** Of items at work: milliseconds that they say are left for them. */
  readonly #left = new Map<StepItem, number>();
  /** Of items that were computed: milliseconds for each unit of weight. */
  readonly #paces: number[] = [];
  #total = 0;
  #worked = 0;
  #known = 0;
  #shown = 0;
  #lastTime = Number.NEGATIVE_INFINITY;

  constructor(states: readonly StepState[], log: EventLog, previous: EarlierRun | undefined) {
    this.#log = log;
    this.#weights = weightsOf(states, previous);
    // A step whose items are not known yet counts as one.
    for (const state of states) this.#total += this.#weights.get(state) ?? 1;
  }

  spawned(item: StepItem): void {
    if (item.state.items.size > 1) this.#total += this.#weight(item);
  }

  /** An item has come to `fraction` of its work; `left`: milliseconds that it has left. */
  advanced(item: StepItem, fraction: number, left?: number): void {
    if (left !== undefined) this.#left.set(item, left);
    const within = Math.min(Math.max(fraction, item.progress), 1);
    this.#worked += (within - item.progress) * this.#weight(item);
    item.progress = within;
    this.#tell();
  }

  /** An item has ended; what did not have to be computed says nothing about the pace. */
  ended(item: StepItem): void {
    this.#left.delete(item);
    const weight = this.#weight(item);
    const left = (1 - item.progress) * weight;
    if (item.outcome?.status === "executed") {
      this.#worked += left;
      if (weight > 0) this.#paces.push(item.outcome.milliseconds / weight);
    } else this.#known += left;
    item.progress = 1;
    this.#tell();
  }

  #weight(item: StepItem): number {
    return this.#weights.get(item.state) ?? 1;
  }

  /**
   * What items at work say of themselves follows their recent pace; the others are taken to go at
   * the pace of those that have ended.
   */
  #remaining(work: number): number | undefined {
    let own = 0;
    let rest = work;
    for (const [item, left] of this.#left) {
      own += left;
      rest -= (1 - item.progress) * this.#weight(item);
    }
    const pace = median(this.#paces);
    if (pace === undefined && this.#left.size === 0) return undefined;
    return Math.round(own + Math.max(rest, 0) * (pace ?? 0));
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#lastTime < leastInterval) return;
    this.#lastTime = now;
    const done = this.#worked + this.#known;
    this.#shown = Math.max(this.#shown, Math.min(done / this.#total, 1));
    const remaining = this.#remaining(this.#total - done);
    this.#log.add({
      type: "run-progressed",
      fraction: this.#shown,
      ...(remaining === undefined ? {} : { remaining }),
    });
  }
}

/** The middle one; undefined of none. */
function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

function weightsOf(states: readonly StepState[], previous: EarlierRun | undefined) {
  const measured = new Map<StepState, number>();
  for (const state of states) {
    const time = previous === undefined ? 0 : measuredTime(state, previous);
    if (time > 0) measured.set(state, time);
  }
  const typical = median([...measured.values()]) ?? 1;
  return new Map(states.map((state) => [state, measured.get(state) ?? typical]));
}

/** Milliseconds of one item of a step in an earlier run. */
function measuredTime(state: StepState, previous: EarlierRun): number {
  let time = 0;
  for (const { id } of state.step.nodes) {
    const report = previous.nodes[id];
    if (report?.status === "executed") {
      time += report.milliseconds / Math.max(report.items?.executed ?? 1, 1);
    }
  }
  return time;
}
