import { type FormEvent, useId, useState } from "react";
import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { dispatch, documentStore } from "../state/documents.js";
import { fileStrings as words } from "../strings/files.js";
import { openDialog } from "./dialogs-store.js";

/** Asks for the document's name and description. */
export function askToDescribe(): void {
  openDialog((close) => <DescribeDialog onClose={close} />);
}

function DescribeDialog({ onClose }: { readonly onClose: () => void }) {
  const { document } = documentStore.getState();
  const [name, setName] = useState(document.name);
  const [description, setDescription] = useState(document.description ?? "");
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    dispatch({
      kind: "set-document",
      name,
      description: description === "" ? null : description,
    });
    onClose();
  };
  return (
    <Dialog
      title={words.describeTitle}
      onClose={onClose}
      footer={
        <>
          <Button tone="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button tone="primary" type="submit" form={form}>
            {words.apply}
          </Button>
        </>
      }
    >
      <form id={form} className="form" onSubmit={submit}>
        <label>
          <span>{words.name}</span>
          <input className="field" value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          <span>{words.description}</span>
          <textarea
            className="field"
            rows={4}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}
