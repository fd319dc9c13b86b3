import {
  Menu as MenuIcon,
  Moon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Redo2,
  Sun,
  SunMoon,
  Undo2,
} from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { retryConnection } from "../connection/live.js";
import { Button, IconButton } from "../parts/button.js";
import { Menu } from "../parts/menu.js";
import { keysOf, menuItems, runAction } from "../shortcuts/registry.js";
import { connectionStore } from "../state/connection.js";
import { documentStore } from "../state/documents.js";
import { type PaneName, panesStore, setPane } from "../state/panes.js";
import { presenceStore } from "../state/presence.js";
import { actionStrings } from "../strings/actions.js";
import { connectionStrings } from "../strings/connection.js";
import { presenceStrings } from "../strings/presence.js";
import { shellStrings as words } from "../strings/shell.js";
import { Mark } from "./mark.js";
import { RunControl } from "./run-control.js";

const fileActions = [
  "files.new",
  "files.open",
  "files.templates",
  "-",
  "files.save",
  "files.saveAs",
  "files.describe",
  "-",
  "files.import",
  "files.download",
  "files.share",
  "files.exportComfyui",
  "-",
  "view.palette",
  "view.keys",
  "view.settings",
];

/** File, undo, running, people and theme. */
export function TopBar() {
  return (
    <header className="top-bar">
      <FileMenu />
      <DocumentName />
      <span className="divider" />
      <History />
      <ConnectionNote />
      <span className="spacer" />
      <People />
      <RunControl />
      <span className="divider" />
      <Panels />
      <ThemeButton />
    </header>
  );
}

function FileMenu() {
  const [at, setAt] = useState<readonly [number, number]>();
  return (
    <>
      <button
        type="button"
        className="button quiet"
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        aria-label={`${words.application}: ${words.menu}`}
        title={words.menu}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setAt([left, bottom + 4]);
        }}
      >
        <Mark />
        <MenuIcon size={14} aria-hidden />
      </button>
      {at === undefined ? null : (
        <Menu
          label={words.menu}
          at={at}
          items={menuItems(fileActions)}
          onClose={() => setAt(undefined)}
        />
      )}
    </>
  );
}

function DocumentName() {
  const name = useStore(documentStore, ({ document }) => document.name);
  return (
    <h1 className="document-name">
      <button
        type="button"
        title={actionStrings.describe}
        onClick={() => runAction("files.describe")}
      >
        {name}
      </button>
      <span className="state">{useSaveState()}</span>
    </h1>
  );
}

function useSaveState(): string {
  const { id, pending, isChanged, isSaved } = useStore(documentStore);
  const isOpen = useStore(connectionStore, ({ status }) => status.state === "open");
  if (id === undefined) return isChanged ? words.unsaved : "";
  if (pending > 0 && !isOpen) return words.offline;
  return isSaved ? words.saved : words.saving;
}

function History() {
  const undoLabel = useStore(documentStore, (state) => state.undoLabel);
  const redoLabel = useStore(documentStore, (state) => state.redoLabel);
  return (
    <>
      <IconButton
        label={undoLabel === undefined ? actionStrings.undo : `${actionStrings.undo}: ${undoLabel}`}
        keys={keysOf("edit.undo")}
        disabled={undoLabel === undefined}
        onClick={() => runAction("edit.undo")}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        label={redoLabel === undefined ? actionStrings.redo : `${actionStrings.redo}: ${redoLabel}`}
        keys={keysOf("edit.redo")}
        disabled={redoLabel === undefined}
        onClick={() => runAction("edit.redo")}
      >
        <Redo2 size={16} />
      </IconButton>
    </>
  );
}

function ConnectionNote() {
  const { status, version } = useStore(connectionStore);
  if (status.state === "open" || (status.state === "connecting" && version === "")) return null;
  return (
    <div className="connection-note">
      <span>{connectionStrings.lost}</span>
      {status.state === "waiting" ? (
        <Button tone="quiet" onClick={retryConnection}>
          {connectionStrings.retry}
        </Button>
      ) : null}
    </div>
  );
}

function People() {
  const { clients, self } = useStore(presenceStore);
  if (clients.length < 2) return null;
  return (
    <ul className="people" aria-label={words.people}>
      {clients.map(({ client, name, colour }) => (
        <li
          key={client}
          style={{ "--person": colour }}
          title={client === self ? words.you(name) : name}
        >
          {client === self ? (
            <button
              type="button"
              aria-label={presenceStrings.renameYou(name)}
              onClick={() => runAction("view.rename")}
            >
              {name.slice(0, 1).toUpperCase()}
            </button>
          ) : (
            <>
              <span aria-hidden>{name.slice(0, 1).toUpperCase()}</span>
              <span className="sr-only">{name}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const panels: readonly (readonly [PaneName, string, typeof PanelLeft])[] = [
  ["left", words.toggleLeft, PanelLeft],
  ["bottom", words.toggleBottom, PanelBottom],
  ["right", words.toggleRight, PanelRight],
];

function Panels() {
  const state = useStore(panesStore);
  return panels.map(([name, label, Icon]) => (
    <IconButton
      key={name}
      label={label}
      keys={keysOf(`view.${name}`)}
      aria-pressed={state[name].open}
      onClick={() => setPane(name, { open: !state[name].open })}
    >
      <Icon size={16} />
    </IconButton>
  ));
}

const themeIcons = { system: SunMoon, dark: Moon, light: Sun } as const;

function ThemeButton() {
  const theme = useStore(panesStore, (state) => state.theme);
  const Icon = themeIcons[theme];
  return (
    <IconButton label={words.theme(words[theme])} onClick={() => runAction("view.theme")}>
      <Icon size={16} />
    </IconButton>
  );
}
