import { Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { api, fileAddress } from "../connection/api.js";
import { explain } from "../connection/request-error.js";
import { Dialog } from "../parts/dialog.js";
import { notify } from "../state/notices.js";
import { fileStrings as words } from "../strings/files.js";
import { openDialog } from "./dialogs-store.js";
import { openTemplate } from "./open.js";

type Templates = Awaited<ReturnType<typeof api.templates>>["templates"];

const pictureSize = 384;

/** Shows the workflows that ship. */
export function showTemplates(): void {
  openDialog((close) => <TemplatesDialog onClose={close} />);
}

function TemplatesDialog({ onClose }: { readonly onClose: () => void }) {
  const [templates, setTemplates] = useState<Templates>([]);
  useEffect(() => {
    api.templates().then(
      (list) => setTemplates(list.templates),
      (reason: unknown) => notify("error", explain(reason).message),
    );
  }, []);
  return (
    <Dialog title={words.templates} onClose={onClose} wide>
      <p className="faint">{words.templatesHint}</p>
      <ul className="gallery">
        {templates.map(({ id, name, description, picture }) => (
          <li key={id}>
            <button
              type="button"
              className="template"
              onClick={() => {
                onClose();
                void openTemplate(id);
              }}
            >
              {picture === undefined ? (
                <span className="no-picture">
                  <Workflow size={28} aria-hidden />
                </span>
              ) : (
                <img src={fileAddress(picture, pictureSize)} alt="" />
              )}
              <strong>{name}</strong>
              <span>{description}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
