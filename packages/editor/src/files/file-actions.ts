import type { Action } from "../shortcuts/registry.js";
import { actionStrings as words } from "../strings/actions.js";
import { askToDescribe } from "./describe-dialog.js";
import { downloadDocument, exportComfyui, shareDocument } from "./export.js";
import { askForFile } from "./import.js";
import { newWorkflow } from "./open.js";
import { askToOpen } from "./open-dialog.js";
import { save, saveAs } from "./save.js";
import { showTemplates } from "./templates-dialog.js";

const on = (id: string, label: string, run: () => void, ...keys: readonly string[]): Action => ({
  id: `files.${id}`,
  label,
  group: "file",
  run,
  ...(keys.length === 0 ? {} : { keys }),
});

/** What can be done with files. */
export const fileActions: readonly Action[] = [
  on("new", words.newWorkflow, () => void newWorkflow(), "Alt+N"),
  on("open", words.open, askToOpen, "Mod+O"),
  on("templates", words.templates, showTemplates, "Alt+T"),
  on("save", words.save, () => void save(), "Mod+S"),
  on("saveAs", words.saveAs, () => void saveAs(), "Mod+Shift+S"),
  on("describe", words.describe, askToDescribe),
  on("import", words.importFile, askForFile, "Mod+I"),
  on("download", words.download, downloadDocument),
  on("share", words.share, () => void shareDocument()),
  on("exportComfyui", words.exportComfyui, () => void exportComfyui()),
];
