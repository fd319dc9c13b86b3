import type { Awaitable } from "../cache/index.js";
import { toDiopterError } from "../errors/index.js";
import { Flights } from "./flights.js";
import { releaseValues } from "./held-values.js";
import { type Arrival, listLength } from "./item-graph.js";
import { cancelled, failure, outcomeUnwanted, reasonAfter, reasonOf } from "./outcomes.js";
import { PendingWork } from "./pending-work.js";
import { ReadyQueue } from "./ready-queue.js";
import type { ItemResult } from "./run-item.js";
import { chooseInputs } from "./run-node.js";
import type { SchedulerServices } from "./scheduler-services.js";
import {
  isNeeded,
  type LinkedInput,
  type Outcome,
  readersLost,
  type Stage,
  type StepItem,
  type StepState,
  sourcesInUse,
  sourcesNotChosen,
  sourcesOf,
} from "./step-item.js";
import { Wants } from "./wants.js";

/**
 * Pulls results: what is wanted asks for its key, the key for the keys of its sources; then the
 * cache is asked; only what it does not know asks for the values of its sources and runs. So
 * nothing runs that only cached items need. Work is kept in lists, never on the call stack.
 */
export class Scheduler {
  readonly #services: SchedulerServices;
  readonly #wants: Wants;
  readonly #todo: StepItem[] = [];
  readonly #doomed: { readonly item: StepItem; readonly because: string }[] = [];
  readonly #loose: StepItem[] = [];
  readonly #ready = new ReadyQueue();
  readonly #wantedAxes = new Set<string>();
  readonly #files = new Map<StepState, readonly string[]>();
  readonly #flights = new Flights();
  readonly #pending = new PendingWork(() => this.#drain());
  #running = 0;
  #finish: () => void = () => {};

  constructor(services: SchedulerServices) {
    this.#services = services;
    this.#wants = new Wants(services.concurrency, (item) => this.#todo.push(item));
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
    if (this.#pending.count === 0) this.#finish();
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
    if (this.#running >= this.#services.concurrency) return false;
    const ready = this.#ready.pop();
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
        if (!item.inputs?.some((input) => input.lazy)) return this.#findKeys(item);
        return this.#await(item, "strict-values", (input) => !input.lazy, "values");
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
    const collected = sourcesOf(item, (input) => what === "values" && input.list && choose(input));
    for (const source of sourcesOf(item, choose)) {
      if ((what === "keys" ? source.keys : source.outputs) !== undefined) continue;
      if (source.outcome !== undefined) return this.#doom([item], reasonAfter(source));
      (what === "keys" ? source.keyWaiters : source.valueWaiters).push(item);
      item.pending += 1;
      if (collected.has(source)) several.push(source);
      else this.#wants.one(source, what);
    }
    if (several.length > 0) this.#wants.few(several);
    return item.pending === 0;
  }

  #wantAll(state: StepState): void {
    if (state.demand !== undefined) return;
    state.demand = this.#wants.demand();
    for (const axis of state.axes) this.#wantAxis(axis);
    state.demand.add(state.items.values());
    this.#wants.goOn(state.demand);
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
      const lostBecause = reasonOf(axis);
      this.#arrived(this.#services.graph.arrive(axis, [], { lostBecause }));
    };
    this.#pending.ask(() => this.#services.files(state), listed, failed);
  }

  #arrived({ spawned, linked, failed, unheld }: Arrival): void {
    for (const item of spawned) {
      const { state, index } = item;
      if (state.begins?.kind === "files") item.file = this.#files.get(state)?.[index.at(-1) ?? 0];
      this.#services.spawned(item);
      state.demand?.add([item]);
    }
    for (const item of linked) if (item.stage === "linking") this.#todo.push(item);
    for (const { item, because } of failed) this.#doom([item], because);
    for (const item of unheld) this.#loose.push(item);
    for (const state of new Set(spawned.map((item) => item.state))) {
      if (state.demand !== undefined) this.#wants.goOn(state.demand);
    }
  }

  #choose(item: StepItem): boolean {
    const chosen = (ports: ReadonlySet<string>) => {
      item.chosen = ports;
      for (const source of sourcesNotChosen(item)) this.#unuse(source);
      if (this.#await(item, "chosen-keys", isNeeded(item), "keys")) this.#todo.push(item);
    };
    return this.#ask(item, () => chooseInputs(item), chosen);
  }

  #findKeys(item: StepItem): boolean {
    item.stage = "hashing";
    return this.#ask(
      item,
      () => this.#services.keys(item),
      (keys) => {
        if (item.outcome !== undefined) return;
        item.keys = keys;
        item.stage = "keyed";
        for (const waiter of item.keyWaiters.splice(0)) this.#noLongerWaits(waiter);
        this.#todo.push(item);
      },
    );
  }

  #lookUp(item: StepItem): boolean {
    item.stage = "looking-up";
    return this.#ask(
      item,
      () => this.#services.find(item),
      (hit) => {
        if (hit !== undefined) {
          item.outputs = hit.outputs;
          this.#settle(item, { status: "cached", from: hit.from });
        } else if (this.#await(item, "inputs", isNeeded(item), "values")) this.#todo.push(item);
      },
    );
  }

  /** False: the item goes on when the answer is there. */
  #ask<T>(item: StepItem, question: () => Awaitable<T>, answered: (answer: T) => void): false {
    this.#pending.ask(question, answered, (thrown) => this.#settle(item, failure(thrown, item)));
    return false;
  }

  #start(item: StepItem): void {
    item.stage = "running";
    if (this.#flights.join(item)) return;
    this.#running += 1;
    this.#services.started(item);
    const succeeded = ({ outputs, milliseconds }: ItemResult) => {
      this.#running -= 1;
      this.#take(item, outputs, { status: "executed", milliseconds });
      for (const follower of this.#flights.end(item)) {
        this.#take(follower, outputs, { status: "cached", from: "memory" });
      }
    };
    const failed = (thrown: unknown) => {
      this.#running -= 1;
      const { aborted } = this.#services.signal;
      this.#settle(item, aborted ? cancelled : failure(thrown, item));
      for (const follower of this.#flights.end(item)) this.#ready.push(follower);
    };
    this.#pending.ask(() => this.#services.run(item), succeeded, failed);
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
    if (item.outputs === undefined) this.#doom(readersLost(item), reasonAfter(item));
    else for (const waiter of item.valueWaiters.splice(0)) this.#noLongerWaits(waiter);
    if (item.state.begins?.kind === "list") {
      this.#arrived(this.#services.graph.arrive(item.state.node.id, item.index, listLength(item)));
    }
    for (const demand of item.demands.splice(0)) {
      demand.ended();
      this.#wants.goOn(demand);
    }
    for (const source of sourcesInUse(item)) {
      if (outcome.status === "cached") source.readerCached = outcome.from;
      this.#unuse(source);
    }
    this.#loose.push(item);
  }

  #doom(items: readonly StepItem[], because: string): false {
    for (const item of items) this.#doomed.push({ item, because });
    return false;
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
    const wanted = item.wantsValue || item.state.demand !== undefined;
    if (item.outcome === undefined && !wanted) this.#settle(item, outcomeUnwanted(item));
    if (item.outcome === undefined || this.#services.isKept(item.state)) return;
    releaseValues(item, this.#services.leases);
  }
}
