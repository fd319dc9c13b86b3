import { type FormEvent, useId, useState } from "react";
import { useStore } from "zustand";
import { openDialog } from "../files/dialogs-store.js";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { presenceStore, setName } from "../state/presence.js";
import { fileStrings } from "../strings/files.js";
import { presenceStrings as words } from "../strings/presence.js";

/** Asks under which name the others see this person. */
export function askForName(): void {
  openDialog((close) => <RenameDialog onClose={close} />);
}

function RenameDialog({ onClose }: { readonly onClose: () => void }) {
  const current = useStore(presenceStore, (state) => state.name);
  const [name, setTyped] = useState(current);
  const form = useId();
  const isValid = name.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isValid) return;
    setName(name.trim());
    onClose();
  };
  return (
    <Dialog
      title={words.rename}
      onClose={onClose}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {fileStrings.cancel}
          </Button>
          <Button tone="primary" type="submit" form={form} disabled={!isValid}>
            {fileStrings.apply}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit}>
        <label>
          <span>{words.name}</span>
          <input
            className="field"
            value={name}
            maxLength={60}
            autoComplete="nickname"
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p className="note">{words.nameHelp}</p>
      </form>
    </Dialog>
  );
}
