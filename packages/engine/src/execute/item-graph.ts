import type { Plan } from "../plan/index.js";
import { type AxisLength, AxisLengths, placeOf } from "./axis-lengths.js";
import { linkItem } from "./link-item.js";
import { reasonAfter } from "./outcomes.js";
import { newItem, type StepItem, type StepState, sourcesOf } from "./step-item.js";
import { stepStates } from "./step-states.js";

/** What has become known once an axis has a length. */
export interface Arrival {
  readonly spawned: readonly StepItem[];
  /** Items whose inputs are known now. */
  readonly linked: readonly StepItem[];
  /** Items that can never be linked, and why. */
  readonly failed: readonly { readonly item: StepItem; readonly because: string }[];
  /** Items for which one step fewer may still bring readers. */
  readonly unheld: readonly StepItem[];
}

/** The items of a run and what each reads from; grows as the lengths of axes become known. */
export class ItemGraph {
  readonly states: readonly StepState[];
  readonly #stateOf: ReadonlyMap<string, StepState>;
  readonly #lengths: AxisLengths;
  readonly #unlinked = new Map<StepState, Set<StepItem>>();

  constructor(plan: Plan) {
    const { states, stateOf } = stepStates(plan);
    this.states = states;
    this.#stateOf = stateOf;
    this.#lengths = new AxisLengths(plan.axes);
  }

  stateOf(node: string): StepState | undefined {
    return this.#stateOf.get(node);
  }

  /** Brings the items of all steps that run once. */
  start(): Arrival {
    const spawned: StepItem[] = [];
    for (const state of this.states) {
      if (state.axes.length === 0) spawned.push(spawn(state, []));
    }
    return { spawned, ...this.#link(spawned), unheld: [] };
  }

  /** The length of an axis at `index` of its parents has become known. */
  arrive(axis: string, index: readonly number[], length: AxisLength): Arrival {
    this.#lengths.set(axis, index, length);
    const parents = this.#stateOf.get(axis)?.begins?.parents ?? [];
    const place = placeOf(parents, index);
    const reached = this.states.filter((state) => state.reachedAxes.includes(axis));
    const spawned: StepItem[] = [];
    for (const state of reached) {
      if (!state.axes.includes(axis)) continue;
      const { indexes } = this.#lengths.places(state.axes, place);
      for (const own of indexes) spawned.push(spawn(state, own));
    }
    const retried = reached.flatMap((state) => [...(this.#unlinked.get(state) ?? [])]);
    return { spawned, ...this.#link([...spawned, ...retried]), unheld: this.#unhold(reached) };
  }

  /** Why a step has no items, for people. */
  reasonForNone(state: StepState): string {
    const { lostBecause } = this.#lengths.places(state.axes, new Map());
    return lostBecause ?? "There was nothing to run over.";
  }

  #link(items: readonly StepItem[]): Pick<Arrival, "linked" | "failed"> {
    const linked: StepItem[] = [];
    const failed: { item: StepItem; because: string }[] = [];
    for (const item of items) {
      const link = linkItem(item, this.#stateOf, this.#lengths);
      if (link.state === "waiting") {
        this.#remember(item);
        continue;
      }
      this.#unlinked.get(item.state)?.delete(item);
      if (link.state === "failed") {
        failed.push({ item, because: link.because });
        continue;
      }
      item.inputs = link.inputs;
      for (const source of sourcesOf(item, () => true)) source.uses += 1;
      linked.push(item);
    }
    return { linked, failed };
  }

  #remember(item: StepItem): void {
    const known = this.#unlinked.get(item.state) ?? new Set<StepItem>();
    this.#unlinked.set(item.state, known.add(item));
  }

  #unhold(readers: readonly StepState[]): readonly StepItem[] {
    const unheld: StepItem[] = [];
    for (const reader of readers) {
      for (const source of reader.wideSources) {
        for (const item of source.items.values()) {
          if (this.#letsGo(item, reader)) unheld.push(item);
        }
      }
    }
    return unheld;
  }

  #letsGo(item: StepItem, reader: StepState): boolean {
    if (!item.wideHolds.has(reader)) return false;
    const place = placeOf(item.state.axes, item.index);
    if (!this.#lengths.isComplete(reader.reachedAxes, place)) return false;
    return item.wideHolds.delete(reader);
  }
}

function spawn(state: StepState, index: readonly number[]): StepItem {
  const item = newItem(state, index);
  state.items.set(index.join(), item);
  return item;
}

/** How many items the lists of an item have that begins an axis. */
export function listLength(item: StepItem): AxisLength {
  const { id, definition } = item.state.node;
  const port = Object.keys(definition.outputs).find((name) => definition.outputs[name]?.list);
  const list = port === undefined ? undefined : item.outputs?.get(id)?.[port];
  return Array.isArray(list) ? { count: list.length } : { lostBecause: reasonAfter(item) };
}
