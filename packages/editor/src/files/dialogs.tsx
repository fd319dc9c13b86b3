import { useStore } from "zustand";
import { closeDialog, dialogsStore } from "./dialogs-store.js";

/** The dialog that is open. */
export function Dialogs() {
  const opened = useStore(dialogsStore, (state) => state.opened);
  return opened === undefined ? null : opened(closeDialog);
}
