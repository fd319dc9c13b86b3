import type { Tensor } from "../values/index.js";

/** What a long run of a node has come to. */
export interface SavedState {
  /** Plain data that survives JSON; whoever loads it checks it. */
  readonly values: unknown;
  readonly tensors: Readonly<Record<string, Tensor<"float32">>>;
}

/** Where one execution of a node keeps its state, so that it goes on from there after a crash. */
export interface NodeState {
  /**
   * What was saved last for the same inputs and parameters; undefined where nothing was, or where
   * it is damaged.
   * @param name tells the parts of a node's work apart, such as the pictures of a batch.
   */
  load(name: string): Promise<SavedState | undefined>;
  /** Takes the place of what was saved under the name before. A run goes on where it fails. */
  save(name: string, state: SavedState): Promise<void>;
  /** Enough time has passed since the last save for another one. */
  readonly isDue: boolean;
}

/** The states of all nodes. */
export interface RunStates {
  /** @param key of a node's execution: equal keys promise equal work. */
  of(key: string): NodeState;
}
