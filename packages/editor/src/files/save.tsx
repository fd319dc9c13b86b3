import { trimDocument } from "@diopter/engine/editing";
import { type FormEvent, useEffect, useId, useState } from "react";
import { api } from "../connection/api.js";
import { closeShared, openShared } from "../connection/live.js";
import { explain } from "../connection/request-error.js";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { dispatch, documentStore } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { documentStrings } from "../strings/documents.js";
import { fileStrings as words } from "../strings/files.js";
import { openDialog } from "./dialogs-store.js";
import { fileName, isDocumentId } from "./document-name.js";
import { forgetDraft } from "./drafts.js";
import { rememberPlace } from "./place.js";
import { noteRecent } from "./recent.js";

/** Saves: a shared document saves itself, a draft is asked its name. */
export async function save(): Promise<boolean> {
  if (documentStore.getState().id === undefined) return saveAs();
  notify("success", words.alreadySaved);
  return true;
}

/** Asks for a name and saves under it; the document is shared under that name from then on. */
export function saveAs(): Promise<boolean> {
  return new Promise((resolve) => {
    openDialog((close) => (
      <SaveDialog
        onClose={() => {
          close();
          resolve(false);
        }}
        onSave={(id) => {
          close();
          store(id).then(resolve, () => resolve(false));
        }}
      />
    ));
  });
}

async function store(id: string): Promise<boolean> {
  const { document } = documentStore.getState();
  const isUnnamed = document.name === documentStrings.untitled;
  if (isUnnamed) dispatch({ kind: "set-document", name: id.split("/").at(-1) ?? id });
  try {
    closeShared();
    await api.saveWorkflow(id, trimDocument(documentStore.getState().document));
    await openShared(id, true);
    rememberPlace(id);
    forgetDraft();
    noteRecent(id, documentStore.getState().document.name);
    notify("success", words.savedAs(id));
    return true;
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy });
    return false;
  }
}

interface SaveDialogProps {
  readonly onClose: () => void;
  readonly onSave: (id: string) => void;
}

function SaveDialog({ onClose, onSave }: SaveDialogProps) {
  const { id: current, document } = documentStore.getState();
  const [id, setId] = useState(current ?? fileName(document.name));
  const [taken, setTaken] = useState<readonly string[]>([]);
  const form = useId();
  useEffect(() => {
    api.workflows().then(
      ({ workflows }) => setTaken(workflows.map((workflow) => workflow.id)),
      () => setTaken([]),
    );
  }, []);
  const isValid = isDocumentId(id);
  const isTaken = taken.includes(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) onSave(id);
  };
  const note = !isValid ? words.badName : isTaken ? words.exists : words.saveHint;
  return (
    <Dialog
      title={words.saveTitle}
      onClose={onClose}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button tone="primary" type="submit" form={form} disabled={!isValid}>
            {isTaken ? words.replace : words.save}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit}>
        <label>
          <span>{words.saveName}</span>
          <input
            className="field"
            value={id}
            spellCheck={false}
            aria-invalid={!isValid}
            aria-describedby={`${form}-note`}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setId(event.target.value)}
          />
        </label>
        <p id={`${form}-note`} className={isTaken || !isValid ? "note warning" : "note"}>
          {note}
        </p>
      </form>
    </Dialog>
  );
}
