import { Button } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { documentStore } from "../state/documents.js";
import { fileStrings as words } from "../strings/files.js";
import { openDialog } from "./dialogs-store.js";
import { saveAs } from "./save.js";

/** Whether the open document may be left: a changed draft is offered to be saved first. */
export function confirmLeaving(): Promise<boolean> {
  const { id, isChanged, document } = documentStore.getState();
  const isEmpty = Object.keys(document.nodes).length === 0;
  if (id !== undefined || !isChanged || isEmpty) return Promise.resolve(true);
  return new Promise((resolve) => {
    openDialog((close) => {
      const answer = (mayLeave: boolean) => {
        close();
        resolve(mayLeave);
      };
      return (
        <Dialog
          title={words.unsavedTitle}
          onClose={() => answer(false)}
          footer={
            <>
              <Button tone="quiet" onClick={() => answer(false)}>
                {words.cancel}
              </Button>
              <Button tone="danger" onClick={() => answer(true)}>
                {words.discard}
              </Button>
              <Button
                tone="primary"
                onClick={() => {
                  close();
                  saveAs().then(resolve, () => resolve(false));
                }}
              >
                {words.save}
              </Button>
            </>
          }
        >
          <p>{words.unsaved(document.name)}</p>
        </Dialog>
      );
    });
  });
}
