import { type WorkflowDocument, workflowSchema } from "@diopter/engine/editing";
import { interactionStore } from "../canvas/interaction.js";
import { zoomToFit } from "../canvas/view-commands.js";
import { api } from "../connection/api.js";
import { closeShared, openShared, showJob } from "../connection/live.js";
import { explain } from "../connection/request-error.js";
import { documentStore, emptyDocument, openDocument } from "../state/documents.js";
import { announce, notify } from "../state/notices.js";
import { clearSelection } from "../state/selection.js";
import { connectionStrings } from "../strings/connection.js";
import { fileStrings } from "../strings/files.js";
import { forgetDraft } from "./drafts.js";
import { confirmLeaving } from "./leave.js";
import { rememberPlace } from "./place.js";
import { noteRecent } from "./recent.js";

/** Opens content as a draft, which only this browser has until it is saved. */
export function openDraft(content: WorkflowDocument): void {
  closeShared();
  showJob(undefined);
  openDocument(content);
  settle(undefined);
  announce(fileStrings.opened(content.name));
}

/** Asks about unsaved changes, then opens content as a draft. */
export async function openDraftSafely(content: WorkflowDocument): Promise<boolean> {
  if (!(await confirmLeaving())) return false;
  openDraft(content);
  return true;
}

/** Asks about unsaved changes, then begins anew. */
export async function newWorkflow(): Promise<void> {
  await openDraftSafely(emptyDocument);
}

/** Asks about unsaved changes, then opens a workflow of the library. */
export async function openFromLibrary(id: string): Promise<void> {
  if (!(await confirmLeaving())) return;
  if (await enterShared(id)) forgetDraft();
}

/** Opens a workflow of the library, together with all who have it open. */
export async function enterShared(id: string): Promise<boolean> {
  try {
    await api.workflow(id);
  } catch (reason) {
    const { message, remedy } = explain(reason);
    notify("error", message, { remedy: remedy ?? fileStrings.lost(id) });
    return false;
  }
  showJob(undefined);
  const isOpen = await openShared(id);
  if (!isOpen) return false;
  settle(id);
  noteRecent(id, documentStore.getState().document.name);
  announce(fileStrings.opened(documentStore.getState().document.name));
  return true;
}

/** Opens a workflow that ships, as a draft. */
export async function openTemplate(id: string): Promise<void> {
  try {
    const content = readContent(await api.template(id));
    if (content !== undefined) await openDraftSafely(content);
  } catch (reason) {
    notify("error", explain(reason).message);
  }
}

/** A document from plain data; a notice and undefined where it is none. */
export function readContent(data: unknown): WorkflowDocument | undefined {
  const parsed = workflowSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  notify("error", connectionStrings.unreadable);
  return undefined;
}

function settle(id: string | undefined): void {
  clearSelection();
  interactionStore.setState({ focused: undefined });
  rememberPlace(id);
  requestAnimationFrame(() => zoomToFit([]));
}
