import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../parts/dialog.js";
import { type Action, allActions, keysOf } from "../shortcuts/registry.js";
import { actionStrings as words } from "../strings/actions.js";

/** All actions by name: what has no keys of its own is reached here. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const prefix = useId();
  const wanted = typed.trim().toLowerCase();
  const found = allActions().filter(
    ({ label, isEnabled }) => label.toLowerCase().includes(wanted) && isEnabled?.() !== false,
  );
  const run = (action: Action | undefined) => {
    if (action === undefined) return;
    onClose();
    // The dialog gives the focus back first: many actions look where it is.
    setTimeout(action.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      const next = (chosen + step + found.length) % found.length;
      setChosen(next);
      document.getElementById(`${prefix}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[chosen]);
    }
  };
  return (
    <Dialog title={words.paletteTitle} onClose={onClose}>
      <input
        className="field"
        role="combobox"
        aria-label={words.palettePlaceholder}
        aria-expanded="true"
        aria-controls={`${prefix}-list`}
        aria-activedescendant={found[chosen] === undefined ? undefined : `${prefix}-${chosen}`}
        placeholder={words.palettePlaceholder}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
      />
      <div className="palette" role="listbox" id={`${prefix}-list`} aria-label={words.paletteTitle}>
        {found.map((action, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: it is reached by aria-activedescendant.
          <div
            key={action.id}
            id={`${prefix}-${index}`}
            className="choice"
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setChosen(index)}
            onClick={() => run(action)}
          >
            <span className="title">{action.label}</span>
            <span className="type">{keysOf(action.id)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="empty">{words.noAction}</p> : null}
    </Dialog>
  );
}
