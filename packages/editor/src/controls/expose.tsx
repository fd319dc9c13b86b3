import { AppWindow, X } from "lucide-react";
import { useId, useState } from "react";
import { IconButton } from "../parts/button.js";
import { controlStrings } from "../strings/controls.js";
import { checkPublicName } from "./public-name.js";

/** Whether a parameter is part of the interface, and what changes that. */
export interface Exposure {
  /** Undefined while it is not. */
  readonly publicName: string | undefined;
  /** Names of the other parameters in the interface. */
  readonly taken: ReadonlySet<string>;
  readonly onExpose: () => void;
  readonly onUnexpose: () => void;
  readonly onRename: (name: string) => void;
}

/** Puts a parameter into the interface, or takes it out. */
export function ExposeButton({
  title,
  publicName,
  onExpose,
  onUnexpose,
}: Exposure & { readonly title: string }) {
  const label =
    publicName === undefined
      ? controlStrings.expose(title)
      : controlStrings.exposed(title, publicName);
  return (
    <IconButton
      label={label}
      aria-pressed={publicName !== undefined}
      onClick={publicName === undefined ? onExpose : onUnexpose}
    >
      <AppWindow size={13} />
    </IconButton>
  );
}

/** The public name of an exposed parameter: edited in place, refused while it will not do. */
export function PublicName({ publicName = "", taken, onRename, onUnexpose }: Exposure) {
  const [draft, setDraft] = useState<string>();
  const id = useId();
  const fault = draft === undefined ? undefined : checkPublicName(draft, taken);
  const commit = () => {
    if (draft !== undefined && fault === undefined && draft !== publicName) onRename(draft);
    setDraft(undefined);
  };
  return (
    <div className="public-name">
      <label htmlFor={id}>{controlStrings.publicName}</label>
      <input
        id={id}
        className="field mono"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        value={draft ?? publicName}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && fault === undefined) commit();
          if (event.key !== "Escape" || draft === undefined) return;
          event.stopPropagation();
          setDraft(undefined);
        }}
      />
      <IconButton label={controlStrings.unexpose} onClick={onUnexpose}>
        <X size={13} />
      </IconButton>
      {fault === undefined ? null : (
        <p className="parameter-fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
