import { Image as ImageIcon, Minimize2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../parts/button.js";
import { useDocument } from "../state/index.js";
import { inspectorStrings as words } from "../strings/inspector.js";
import { PictureViewer } from "../viewer/picture-viewer.js";
import { useOutcome } from "../viewer/use-outcome.js";
import { ExposedParameters } from "./exposed-parameters.js";
import { RunBar } from "./run-bar.js";

/** The workflow as an app: its parameters at the side, a large picture, Run. */
export function AppView({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { name, description } = useDocument();
  const { pictures, live } = useOutcome();
  const shown = live === undefined ? pictures.slice(0, 4) : [live];
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="app-view"
      aria-label={words.app(name)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <aside>
        <div className="app-parameters">
          <header>
            <h1>{name}</h1>
            {description === undefined ? null : <p className="faint">{description}</p>}
          </header>
          <ExposedParameters />
        </div>
        <footer>
          <RunBar />
          <Button tone="quiet" onClick={onClose}>
            <Minimize2 size={14} /> {words.closeApp}
          </Button>
        </footer>
      </aside>
      <section className="app-picture" aria-label={words.result}>
        {shown.length === 0 ? (
          <div className="empty">
            <ImageIcon size={32} strokeWidth={1.25} aria-hidden="true" />
            <p>{words.noResult}</p>
          </div>
        ) : (
          <PictureViewer pictures={shown} />
        )}
      </section>
    </dialog>
  );
}
