import type { EventLog } from "./event-log.js";
import { Pace } from "./pace.js";
import type { RunReport } from "./run-report.js";
import type { StepItem, StepState } from "./step-item.js";

const leastInterval = 50;

/** How much of a run is done, weighed by what each node took in an earlier run where known. */
export class RunProgress {
  readonly #log: EventLog;
  readonly #weights: ReadonlyMap<StepState, number>;
  readonly #pace = new Pace(0);
  #total = 0;
  #worked = 0;
  #known = 0;
  #shown = 0;
  #lastTime = Number.NEGATIVE_INFINITY;

  constructor(states: readonly StepState[], log: EventLog, previous: RunReport | undefined) {
    this.#log = log;
    this.#weights = weightsOf(states, previous);
    // A step whose items are not known yet counts as one.
    for (const state of states) this.#total += this.#weights.get(state) ?? 1;
  }

  spawned(item: StepItem): void {
    if (item.state.items.size > 1) this.#total += this.#weight(item);
  }

  /** An item has come to `fraction` of its work. */
  advanced(item: StepItem, fraction: number): void {
    const within = Math.min(Math.max(fraction, item.progress), 1);
    this.#worked += (within - item.progress) * this.#weight(item);
    item.progress = within;
    this.#tell();
  }

  /** An item has ended; what did not have to be computed says nothing about the pace. */
  ended(item: StepItem): void {
    const left = (1 - item.progress) * this.#weight(item);
    if (item.outcome?.status === "executed") this.#worked += left;
    else this.#known += left;
    item.progress = 1;
    this.#tell();
  }

  #weight(item: StepItem): number {
    return this.#weights.get(item.state) ?? 1;
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#lastTime < leastInterval) return;
    this.#lastTime = now;
    this.#pace.update(this.#worked, this.#log.elapsed);
    const done = this.#worked + this.#known;
    this.#shown = Math.max(this.#shown, Math.min(done / this.#total, 1));
    const remaining = this.#pace.timeFor(Math.max(this.#total - done, 0));
    this.#log.add({
      type: "run-progressed",
      fraction: this.#shown,
      ...(remaining === undefined ? {} : { remaining }),
    });
  }
}

function weightsOf(states: readonly StepState[], previous: RunReport | undefined) {
  const measured = new Map<StepState, number>();
  for (const state of states) {
    const time = previous === undefined ? 0 : measuredTime(state, previous);
    if (time > 0) measured.set(state, time);
  }
  const times = [...measured.values()].sort((a, b) => a - b);
  const typical = times[times.length >> 1] ?? 1;
  return new Map(states.map((state) => [state, measured.get(state) ?? typical]));
}

/** Milliseconds of one item of a step in an earlier run. */
function measuredTime(state: StepState, previous: RunReport): number {
  let time = 0;
  for (const { id } of state.step.nodes) {
    const report = previous.nodes[id];
    if (report?.status === "executed") {
      time += report.milliseconds / Math.max(report.items?.executed ?? 1, 1);
    }
  }
  return time;
}
