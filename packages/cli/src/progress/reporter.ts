import type { RunEvent } from "@diopter/engine";

/** Shows the events of a run. One reporter serves all items of a batch. */
export interface Reporter {
  /** A picture of a batch begins; `index` counts from 0. */
  begin(item: { readonly index: number; readonly total: number; readonly name: string }): void;
  event(event: RunEvent): void;
  /** Takes what is drawn off the screen, so that other text can be written. */
  clear(): void;
}
