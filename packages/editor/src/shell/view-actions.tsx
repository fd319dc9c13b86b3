import { openDialog } from "../files/dialogs-store.js";
import { askForName } from "../presence/rename-dialog.js";
import { toggleAutoRun } from "../run/auto-run-store.js";
import { cancelShownJob, runWorkflow } from "../run/run-workflow.js";
import type { Action } from "../shortcuts/registry.js";
import { type PaneName, panesStore, setPane, setTheme, showPanel } from "../state/panes.js";
import { actionStrings as words } from "../strings/actions.js";
import { presenceStrings } from "../strings/presence.js";
import { runStrings } from "../strings/run.js";
import { KeysDialog } from "./keys-dialog.js";
import { Palette } from "./palette.js";

const on = (id: string, label: string, run: () => void, ...keys: readonly string[]): Action => ({
  id: `view.${id}`,
  label,
  group: "view",
  run,
  ...(keys.length === 0 ? {} : { keys }),
});

const toggle = (name: PaneName) => () => setPane(name, { open: !panesStore.getState()[name].open });

const nextTheme = { system: "dark", dark: "light", light: "system" } as const;

/** Regions in the order in which F6 goes through them. */
const regions = [".top-bar", ".pane.left", ".canvas", ".pane.bottom", ".pane.right"];

function toNextRegion(): void {
  const present = regions.flatMap((selector) => {
    const element = document.querySelector<HTMLElement>(selector);
    return element === null ? [] : [element];
  });
  const current = present.findIndex((element) => element.contains(document.activeElement));
  const next = present[(current + 1) % present.length];
  if (next === undefined) return;
  const inside = next.querySelector<HTMLElement>(
    "[tabindex='0'],button:not([tabindex='-1']):not(:disabled),input,select,textarea",
  );
  const target = next.matches(".canvas")
    ? (inside?.closest<HTMLElement>("[data-node]") ?? next)
    : inside;
  (target ?? next).focus();
}

/** Actions that concern the window, and running as a whole. */
export const viewActions: readonly Action[] = [
  {
    id: "run.all",
    label: words.run,
    group: "run",
    keys: ["Mod+Enter"],
    run: () => void runWorkflow(),
  },
  {
    id: "run.cancel",
    label: words.cancel,
    group: "run",
    keys: ["Mod+."],
    run: () => void cancelShownJob(),
  },
  { id: "run.auto", label: runStrings.auto, group: "run", run: toggleAutoRun },
  on("left", words.toggleLeft, toggle("left"), "Alt+1"),
  on("bottom", words.toggleBottom, toggle("bottom"), "Alt+2"),
  on("right", words.toggleRight, toggle("right"), "Alt+3"),
  on("queue", words.showQueue, () => showPanel("bottom", "queue"), "Alt+Q"),
  on("viewer", words.showViewer, () => showPanel("bottom", "viewer"), "Alt+V"),
  on("nextRegion", words.nextRegion, toNextRegion, "F6"),
  on("theme", words.theme, () => setTheme(nextTheme[panesStore.getState().theme])),
  on("rename", presenceStrings.rename, askForName),
  on("palette", words.palette, () => openDialog((close) => <Palette onClose={close} />), "Mod+K"),
  on("keys", words.keys, () => openDialog((close) => <KeysDialog onClose={close} />), "?"),
];
