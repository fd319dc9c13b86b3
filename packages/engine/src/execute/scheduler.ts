import type { Awaitable, Leases } from "../cache/index.js";
import { type DiopterError, toDiopterError } from "../errors/index.js";
import type { AxisLength } from "./axis-lengths.js";
import { Demand } from "./demand.js";
import { releaseValues } from "./held-values.js";
import type { Arrival, ItemGraph } from "./item-graph.js";
import { ReadyQueue } from "./ready-queue.js";
import type { ItemResult } from "./run-item.js";
import { chooseInputs } from "./run-node.js";
import type { StepHit } from "./step-cache.js";
import {
  isNeeded,
  type LinkedInput,
  type Outcome,
  type Stage,
  type StepItem,
  type StepState,
  sourcesOf,
} from "./step-item.js";

/** What a scheduler asks of the rest of a run. */
export interface SchedulerServices {
  readonly graph: ItemGraph;
  readonly signal: AbortSignal;
  readonly leases: Leases;
  /** Items under way at once. */
  readonly concurrency: number;
  /** Whether the values of a step are kept until the end. */
  isKept(state: StepState): boolean;
  keys(item: StepItem): Awaitable<ReadonlyMap<string, string>>;
  find(item: StepItem): Awaitable<StepHit | undefined>;
  run(item: StepItem): Promise<ItemResult>;
  /** The files over which a step runs. */
  files(state: StepState): Promise<readonly string[]>;
  spawned(item: StepItem): void;
  started(item: StepItem): void;
  ended(item: StepItem, outcome: Outcome): void;
  filesFailed(state: StepState, error: DiopterError): void;
}

/** Why items were skipped that a cancelled run left behind. */
export const cancelled = {
  status: "skipped",
  because: "The run was cancelled.",
} as const satisfies Outcome;

/**
 * Pulls results: what is wanted asks for its key, the key for the keys of its sources; then the
 * cache is asked; and only what it does not know asks for the values of its sources and runs. So
 * nothing runs that only cached items need. Work is kept in lists, never on the call stack.
 */
export class Scheduler {
  readonly #services: SchedulerServices;
  readonly #todo: StepItem[] = [];
  readonly #doomed: { readonly item: StepItem; readonly because: string }[] = [];
  readonly #loose: StepItem[] = [];
  readonly #ready = new ReadyQueue();
  readonly #wantedAxes = new Set<string>();
  readonly #files = new Map<StepState, readonly string[]>();
  /** Items with the key of one that is running wait for its result. */
  readonly #inFlight = new Map<string, StepItem[]>();
  #open = 0;
  #running = 0;
  #finish: () => void = () => {};

  constructor(services: SchedulerServices) {
    this.#services = services;
  }

  /** Resolves when all results of `targets` are there or lost, or what was under way has ended. */
  run(targets: readonly StepState[]): Promise<void> {
    return new Promise((resolve) => {
      this.#finish = resolve;
      this.#arrived(this.#services.graph.start());
      for (const target of targets) this.#wantAll(target);
      this.#drain();
    });
  }

  #drain(): void {
    while (!this.#services.signal.aborted && this.#workOff());
    if (this.#open === 0) this.#finish();
  }

  #workOff(): boolean {
    const doomed = this.#doomed.pop();
    if (doomed !== undefined) {
      this.#settle(doomed.item, { status: "skipped", because: doomed.because });
      return true;
    }
    const item = this.#todo.pop();
    if (item !== undefined) {
      while (item.pending === 0 && this.#advance(item));
      return true;
    }
    const loose = this.#loose.pop();
    if (loose !== undefined) {
      this.#letGo(loose);
      return true;
    }
    const ready = this.#running < this.#services.concurrency ? this.#ready.pop() : undefined;
    if (ready !== undefined) this.#start(ready);
    return ready !== undefined;
  }

  /** Brings an item to its next stage; false where it has to wait. */
  #advance(item: StepItem): boolean {
    switch (item.stage) {
      case "idle":
      case "linking":
        return this.#awaitLink(item);
      case "strict-keys":
        return item.inputs?.some((input) => input.lazy)
          ? this.#await(item, "strict-values", (input) => !input.lazy, "values")
          : this.#findKeys(item);
      case "strict-values":
        return this.#choose(item);
      case "chosen-keys":
        return this.#findKeys(item);
      case "keyed":
        return item.wantsValue && this.#lookUp(item);
      case "inputs":
        item.stage = "ready";
        this.#ready.push(item);
        return false;
      default:
        return false;
    }
  }

  #awaitLink(item: StepItem): boolean {
    if (item.inputs !== undefined) {
      return this.#await(item, "strict-keys", (input) => !input.lazy, "keys");
    }
    item.stage = "linking";
    for (const axis of item.state.collectedAxes) this.#wantAxis(axis);
    return false;
  }

  #await(
    item: StepItem,
    stage: Stage,
    choose: (input: LinkedInput) => boolean,
    what: "keys" | "values",
  ): boolean {
    item.stage = stage;
    const several: StepItem[] = [];
    const collected = sourcesOf(item, (input) => choose(input) && input.list);
    for (const source of sourcesOf(item, choose)) {
      if ((what === "keys" ? source.keys : source.outputs) !== undefined) continue;
      if (source.outcome !== undefined) {
        this.#doomed.push({ item, because: reasonAfter(source) });
        return false;
      }
      (what === "keys" ? source.keyWaiters : source.valueWaiters).push(item);
      item.pending += 1;
      if (what === "values" && collected.has(source)) several.push(source);
      else this.#want(source, what);
    }
    if (several.length > 0) this.#wantFew(several);
    return item.pending === 0;
  }

  #want(item: StepItem, what: "keys" | "values"): void {
    if (what === "values") item.wantsValue = true;
    if (item.stage === "idle" || item.stage === "keyed") this.#todo.push(item);
  }

  #wantFew(items: readonly StepItem[]): void {
    const demand = new Demand<StepItem>(this.#services.concurrency);
    demand.add(items);
    this.#pump(demand);
  }

  #pump(demand: Demand<StepItem>): void {
    for (const item of demand.take()) {
      item.demands.push(demand);
      this.#want(item, "values");
    }
  }

  #wantAll(state: StepState): void {
    if (state.demand !== undefined) return;
    state.demand = new Demand(this.#services.concurrency);
    for (const axis of state.axes) this.#wantAxis(axis);
    state.demand.add(state.items.values());
    this.#pump(state.demand);
  }

  #wantAxis(axis: string): void {
    const state = this.#services.graph.stateOf(axis);
    if (state === undefined || this.#wantedAxes.has(axis)) return;
    this.#wantedAxes.add(axis);
    if (state.begins?.kind === "files") this.#listFiles(state, axis);
    else this.#wantAll(state);
  }

  #listFiles(state: StepState, axis: string): void {
    const listed = (files: readonly string[]) => {
      this.#files.set(state, files);
      this.#arrived(this.#services.graph.arrive(axis, [], { count: files.length }));
    };
    const failed = (thrown: unknown) => {
      this.#services.filesFailed(state, toDiopterError(thrown).at(axis));
      this.#arrived(this.#services.graph.arrive(axis, [], { failedBy: axis }));
    };
    this.#eventually(() => this.#services.files(state), listed, failed);
  }

  #arrived({ spawned, linked, failed, unheld }: Arrival): void {
    for (const item of spawned) {
      const { state, index } = item;
      if (state.begins?.kind === "files") item.file = this.#files.get(state)?.[index.at(-1) ?? 0];
      this.#services.spawned(item);
      state.demand?.add([item]);
    }
    for (const item of linked) if (item.stage === "linking") this.#todo.push(item);
    for (const { item, because } of failed) {
      this.#doomed.push({ item, because: `It needs "${because}", which failed.` });
    }
    for (const item of unheld) this.#loose.push(item);
    for (const state of new Set(spawned.map((item) => item.state))) {
      if (state.demand !== undefined) this.#pump(state.demand);
    }
  }

  #choose(item: StepItem): boolean {
    const { definition, id } = item.state.node;
    if (definition.run === undefined) return this.#findKeys(item);
    try {
      item.chosen = chooseInputs(item, definition);
    } catch (thrown) {
      this.#settle(item, failure(thrown, id));
      return false;
    }
    const needed = sourcesOf(item, isNeeded(item));
    for (const source of sourcesOf(item, () => true)) {
      if (!needed.has(source)) this.#unuse(source);
    }
    return this.#await(item, "chosen-keys", isNeeded(item), "keys");
  }

  #findKeys(item: StepItem): boolean {
    item.stage = "hashing";
    const found = (keys: ReadonlyMap<string, string>) => {
      if (item.outcome !== undefined) return;
      item.keys = keys;
      item.stage = "keyed";
      for (const waiter of item.keyWaiters.splice(0)) this.#noLongerWaits(waiter);
      this.#todo.push(item);
    };
    const failed = (thrown: unknown) => this.#settle(item, failure(thrown, item.state.node.id));
    this.#eventually(() => this.#services.keys(item), found, failed);
    return false;
  }

  #lookUp(item: StepItem): boolean {
    item.stage = "looking-up";
    const answered = (hit: StepHit | undefined) => {
      if (hit !== undefined) {
        item.outputs = hit.outputs;
        this.#settle(item, { status: "cached", from: hit.from });
        return;
      }
      if (this.#await(item, "inputs", isNeeded(item), "values")) this.#todo.push(item);
    };
    const failed = (thrown: unknown) => this.#settle(item, failure(thrown, item.state.node.id));
    this.#eventually(() => this.#services.find(item), answered, failed);
    return false;
  }

  #start(item: StepItem): void {
    const key = item.keys?.get(item.state.node.id);
    const flight = key === undefined ? undefined : this.#inFlight.get(key);
    item.stage = "running";
    if (flight !== undefined) {
      flight.push(item);
      return;
    }
    const followers: StepItem[] = [];
    if (key !== undefined && canShare(item)) this.#inFlight.set(key, followers);
    this.#running += 1;
    this.#services.started(item);
    const ended = () => {
      this.#running -= 1;
      if (key !== undefined && canShare(item)) this.#inFlight.delete(key);
    };
    const succeeded = ({ outputs, milliseconds }: ItemResult) => {
      ended();
      this.#take(item, outputs, { status: "executed", milliseconds });
      for (const one of followers) this.#take(one, outputs, { status: "cached", from: "memory" });
    };
    const failed = (thrown: unknown) => {
      ended();
      const { aborted } = this.#services.signal;
      const { step, node } = item.state;
      const place = step.nodes.length === 1 ? node.id : undefined;
      this.#settle(item, aborted ? cancelled : failure(thrown, place));
      for (const one of followers) this.#ready.push(one);
    };
    this.#eventually(() => this.#services.run(item), succeeded, failed);
  }

  #take(item: StepItem, outputs: ItemResult["outputs"], outcome: Outcome): void {
    for (const values of outputs.values()) this.#services.leases.retain(values);
    item.outputs = outputs;
    this.#settle(item, outcome);
  }

  #settle(item: StepItem, outcome: Outcome): void {
    if (item.outcome !== undefined) return;
    item.outcome = outcome;
    item.stage = "settled";
    this.#services.ended(item, outcome);
    if (item.outputs === undefined) this.#doomReaders(item);
    else for (const waiter of item.valueWaiters.splice(0)) this.#noLongerWaits(waiter);
    if (item.state.begins?.kind === "list") this.#tellLength(item);
    for (const demand of item.demands.splice(0)) {
      demand.ended();
      this.#pump(demand);
    }
    const reads = item.chosen === undefined ? () => true : isNeeded(item);
    for (const source of sourcesOf(item, reads)) {
      if (outcome.status === "cached") source.readerCached = outcome.from;
      this.#unuse(source);
    }
    this.#loose.push(item);
  }

  #doomReaders(item: StepItem): void {
    const because = reasonAfter(item);
    const lost = item.keys === undefined ? item.keyWaiters.splice(0) : [];
    for (const reader of [...lost, ...item.valueWaiters.splice(0)]) {
      this.#doomed.push({ item: reader, because });
    }
  }

  #tellLength(item: StepItem): void {
    const { node } = item.state;
    const port = Object.keys(node.definition.outputs).find(
      (name) => node.definition.outputs[name]?.list,
    );
    const list = port === undefined ? undefined : item.outputs?.get(node.id)?.[port];
    const length: AxisLength = Array.isArray(list) ? { count: list.length } : { failedBy: node.id };
    this.#arrived(this.#services.graph.arrive(node.id, item.index, length));
  }

  #noLongerWaits(item: StepItem): void {
    item.pending -= 1;
    if (item.pending === 0) this.#todo.push(item);
  }

  #unuse(source: StepItem): void {
    source.uses -= 1;
    this.#loose.push(source);
  }

  /** Where nobody will read an item any more, its values go; one that nobody wanted never runs. */
  #letGo(item: StepItem): void {
    if (item.uses > 0 || item.wideHolds.size > 0) return;
    if (item.outcome !== undefined) {
      if (!this.#services.isKept(item.state)) releaseValues(item, this.#services.leases);
      return;
    }
    if (item.wantsValue || item.state.demand !== undefined) return;
    this.#settle(item, outcomeUnwanted(item));
  }

  /** Goes on with the answer at once where it is there, else when it comes. */
  #eventually<T>(
    ask: () => Awaitable<T>,
    answered: (answer: T) => void,
    failed: (thrown: unknown) => void,
  ): void {
    let answer: Awaitable<T>;
    try {
      answer = ask();
    } catch (thrown) {
      failed(thrown);
      return;
    }
    if (!(answer instanceof Promise)) {
      answered(answer);
      return;
    }
    this.#open += 1;
    const later = (act: () => void) => {
      this.#open -= 1;
      act();
      this.#drain();
    };
    answer.then(
      (value) => later(() => answered(value)),
      (thrown: unknown) => later(() => failed(thrown)),
    );
  }
}

/** What becomes of an item whose value nobody wanted. */
export function outcomeUnwanted(item: StepItem): Outcome {
  return item.readerCached === undefined
    ? { status: "skipped", because: "Nothing that ran needed it." }
    : { status: "cached", from: item.readerCached };
}

function canShare({ state }: StepItem): boolean {
  const { definition } = state.node;
  return state.step.nodes.length === 1 && !(definition.run && definition.sideEffect);
}

function failure(thrown: unknown, node: string | undefined): Outcome {
  const remedy = "Check what the node was given; if that is right, report it to the node's author.";
  const error = toDiopterError(thrown, "node/failed", remedy);
  return { status: "failed", error: node === undefined ? error : error.at(node) };
}

function reasonAfter({ state, outcome }: StepItem): string {
  return outcome?.status === "skipped"
    ? outcome.because
    : `It needs "${state.node.id}", which failed.`;
}
