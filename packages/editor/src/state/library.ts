import { createStore } from "zustand/vanilla";

interface LibraryState {
  /** What was saved, made or removed last, by id; undefined where it may be any. */
  readonly changed: string | undefined;
  /** Counts up with every change. */
  readonly count: number;
}

/** What the server tells of the workflows that are saved. */
export const libraryStore = createStore<LibraryState>(() => ({ changed: undefined, count: 0 }));

/** The server says that a workflow of the library has changed, or that any may have. */
export function noteLibraryChange(changed: string | undefined): void {
  libraryStore.setState(({ count }) => ({ changed, count: count + 1 }));
}
