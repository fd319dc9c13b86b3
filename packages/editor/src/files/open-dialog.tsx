import { FileText, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { api } from "../connection/api.js";
import { explain } from "../connection/request-error.js";
import { Button, IconButton } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { notify } from "../state/notices.js";
import { fileStrings as words } from "../strings/files.js";
import { openDialog } from "./dialogs-store.js";
import { openFromLibrary } from "./open.js";
import { recentWorkflows } from "./recent.js";

type Workflows = Awaited<ReturnType<typeof api.workflows>>["workflows"];

/** Asks which workflow of the library to open. */
export function askToOpen(): void {
  openDialog((close) => <OpenDialog onClose={close} />);
}

function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const [workflows, setWorkflows] = useState<Workflows>();
  const [typed, setTyped] = useState("");
  useEffect(() => {
    api.workflows().then(
      (list) => setWorkflows(list.workflows),
      (reason: unknown) => notify("error", explain(reason).message),
    );
  }, []);
  const open = (id: string) => {
    onClose();
    void openFromLibrary(id);
  };
  const wanted = typed.trim().toLowerCase();
  const shown = (workflows ?? []).filter(({ id, name }) =>
    `${id} ${name}`.toLowerCase().includes(wanted),
  );
  const recent = recentWorkflows().filter(({ id }) => shown.some((one) => one.id === id));
  const byTime = [...shown].sort((a, b) => b.modified - a.modified);
  return (
    <Dialog title={words.open} onClose={onClose}>
      <input
        className="field"
        type="search"
        placeholder={words.filter}
        aria-label={words.filter}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {recent.length > 0 && wanted === "" ? (
        <section className="file-list">
          <h3>{words.recent}</h3>
          <div className="chips">
            {recent.slice(0, 6).map(({ id, name }) => (
              <Button key={id} onClick={() => open(id)}>
                {name}
              </Button>
            ))}
          </div>
        </section>
      ) : null}
      <section className="file-list">
        <h3>{words.library}</h3>
        {workflows !== undefined && byTime.length === 0 ? (
          <p className="empty">{words.noWorkflows}</p>
        ) : null}
        <ul>
          {byTime.map((workflow) => (
            <li key={workflow.id}>
              <button type="button" className="file-line" onClick={() => open(workflow.id)}>
                <FileText size={16} aria-hidden />
                <span className="name">{workflow.name}</span>
                <span className="faint mono">{workflow.id}</span>
                <span className="faint when">{dateText(workflow.modified)}</span>
              </button>
              <IconButton
                label={words.remove(workflow.name)}
                onClick={() => confirmRemoval(workflow.id)}
              >
                <Trash2 size={14} />
              </IconButton>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

const dateText = (milliseconds: number) => dates.format(new Date(milliseconds));

function confirmRemoval(id: string): void {
  openDialog((close) => (
    <Dialog
      title={words.removeTitle}
      onClose={close}
      footer={
        <>
          <Button tone="quiet" onClick={askToOpen}>
            {words.cancel}
          </Button>
          <Button
            tone="danger"
            onClick={() => {
              api.deleteWorkflow(id).then(askToOpen, (reason: unknown) => {
                notify("error", explain(reason).message);
                askToOpen();
              });
            }}
          >
            {words.delete}
          </Button>
        </>
      }
    >
      <p>{words.removeText(id)}</p>
    </Dialog>
  ));
}
