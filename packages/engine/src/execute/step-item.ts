import type { NodeOutputs } from "../cache/index.js";
import type { DiopterError } from "../errors/index.js";
import type { Axis, PlannedNode, PlannedStep } from "../plan/index.js";
import type { Demand } from "./demand.js";

/** A step of the plan during a run. */
export interface StepState {
  /** Place in the plan's order. */
  readonly position: number;
  readonly step: PlannedStep;
  /** The first node; the only one unless graph nodes were fused. */
  readonly node: PlannedNode;
  readonly axes: readonly string[];
  /** The axis that the step begins. */
  readonly begins: Axis | undefined;
  /** Its own axes and those that it collects. */
  readonly reachedAxes: readonly string[];
  /** Axes that it collects: its items can be linked once their lengths are known. */
  readonly collectedAxes: readonly string[];
  /** Steps that read from it and run along axes of which its items know nothing. */
  readonly wideReaders: StepState[];
  /** The converse: steps of which it is such a reader. */
  readonly wideSources: StepState[];
  /** By index joined with commas. */
  readonly items: Map<string, StepItem>;
  /** Set where all of its items are wanted. */
  demand: Demand<StepItem> | undefined;
}

/** One element that an input receives. */
export interface InputElement {
  readonly item: StepItem;
  readonly node: string;
  readonly output: string;
  /** Place within an output that begins an iteration. */
  readonly element: number | undefined;
}

/** What arrives at one input of one node of an item. */
export interface LinkedInput {
  readonly node: string;
  readonly port: string;
  readonly lazy: boolean;
  readonly list: boolean;
  readonly elements: readonly InputElement[];
}

/** How an item ended. */
export type Outcome =
  | { readonly status: "executed"; readonly milliseconds: number }
  | { readonly status: "cached"; readonly from: "memory" | "disk" }
  | { readonly status: "failed"; readonly error: DiopterError }
  | { readonly status: "skipped"; readonly because: string };

/** Where an item stands on its way; each stage waits for something and leads to the next. */
export type Stage =
  | "idle"
  | "linking"
  | "strict-keys"
  | "strict-values"
  | "chosen-keys"
  | "hashing"
  | "keyed"
  | "looking-up"
  | "inputs"
  | "ready"
  | "running"
  | "settled";

/** One execution of a step: at one place of its iteration, or the only one. Changes as it goes. */
export interface StepItem {
  readonly state: StepState;
  readonly index: readonly number[];
  stage: Stage;
  /** Known once it is linked. */
  inputs: readonly LinkedInput[] | undefined;
  /** Lazy inputs that the node has asked for, once it was asked. */
  chosen: ReadonlySet<string> | undefined;
  /** Things that the stage still waits for. */
  pending: number;
  wantsValue: boolean;
  keys: ReadonlyMap<string, string> | undefined;
  /** The file at this item's place, where the step runs over files: an absolute path or a name. */
  file: string | undefined;
  outputs: ReadonlyMap<string, NodeOutputs> | undefined;
  outcome: Outcome | undefined;
  readonly keyWaiters: StepItem[];
  readonly valueWaiters: StepItem[];
  readonly demands: Demand<StepItem>[];
  /** Items that read from this one and are not settled; steps that may still bring such items. */
  uses: number;
  readonly wideHolds: Set<StepState>;
  /** One of its readers was found in the cache. */
  readerCached: "memory" | "disk" | undefined;
  /** 0 to 1. */
  progress: number;
}

export function newItem(state: StepState, index: readonly number[]): StepItem {
  return {
    state,
    index,
    stage: "idle",
    inputs: undefined,
    chosen: undefined,
    pending: 0,
    wantsValue: false,
    keys: undefined,
    file: undefined,
    outputs: undefined,
    outcome: undefined,
    keyWaiters: [],
    valueWaiters: [],
    demands: [],
    uses: 0,
    wideHolds: new Set(state.wideReaders),
    readerCached: undefined,
    progress: 0,
  };
}

/** The items that an item reads from, each once. */
export function sourcesOf(
  item: StepItem,
  choose: (input: LinkedInput) => boolean,
): ReadonlySet<StepItem> {
  const sources = new Set<StepItem>();
  for (const input of item.inputs ?? []) {
    if (choose(input)) for (const { item: source } of input.elements) sources.add(source);
  }
  return sources;
}

/** Inputs whose values the item's run receives. */
export function isNeeded(item: StepItem): (input: LinkedInput) => boolean {
  return (input) => !input.lazy || item.chosen?.has(input.port) === true;
}

/** The items that an item holds on to: all that are wired, less what it did not choose. */
export function sourcesInUse(item: StepItem): ReadonlySet<StepItem> {
  return sourcesOf(item, item.chosen === undefined ? () => true : isNeeded(item));
}

/** The items that only inputs which were not chosen read from. */
export function sourcesNotChosen(item: StepItem): readonly StepItem[] {
  const needed = sourcesOf(item, isNeeded(item));
  return [...sourcesOf(item, () => true)].filter((source) => !needed.has(source));
}

/** Takes out the items that wait for what an item without outputs will never give. */
export function readersLost(item: StepItem): readonly StepItem[] {
  const forKeys = item.keys === undefined ? item.keyWaiters.splice(0) : [];
  return [...forKeys, ...item.valueWaiters.splice(0)];
}
