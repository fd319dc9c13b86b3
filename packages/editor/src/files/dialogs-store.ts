import type { ReactNode } from "react";
import { createStore } from "zustand/vanilla";

/** A dialog that is open: what draws it, given how to close it. */
export type OpenedDialog = (close: () => void) => ReactNode;

/** The dialog that is open; one at a time. */
export const dialogsStore = createStore<{ readonly opened: OpenedDialog | undefined }>(() => ({
  opened: undefined,
}));

/** Opens a dialog in the place of the one that is open. */
export function openDialog(opened: OpenedDialog): void {
  dialogsStore.setState({ opened });
}

/** Closes the dialog that is open. */
export function closeDialog(): void {
  dialogsStore.setState({ opened: undefined });
}
