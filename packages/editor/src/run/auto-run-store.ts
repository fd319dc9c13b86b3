import { z } from "zod";
import { createStore } from "zustand/vanilla";
import { readStored, writeStored } from "../state/stored.js";

/** Whether edits run cheap nodes by themselves. */
export const autoRunStore = createStore<{ readonly isOn: boolean }>(() => ({
  isOn: readStored("auto-run", z.boolean()) ?? false,
}));

/** Switches it on or off. */
export function toggleAutoRun(): void {
  const isOn = !autoRunStore.getState().isOn;
  autoRunStore.setState({ isOn });
  writeStored("auto-run", isOn);
}
