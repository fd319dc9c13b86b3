import { readCommand, trimDocument, workflowSchema } from "@diopter/engine/editing";
import { z } from "zod";
import { dispatch, documentStore, pendingEdits } from "../state/documents.js";
import { notify } from "../state/notices.js";
import { readStored, removeStored, writeStored } from "../state/stored.js";
import { fileStrings } from "../strings/files.js";
import { enterShared, newWorkflow, openDraft } from "./open.js";
import { placeOfPage } from "./place.js";

const draftKey = "draft";
const pendingKey = (id: string) => `pending.${id}`;
const pendingSchema = z.array(z.looseObject({ kind: z.string() }));
const quietTime = 400;

/** Keeps a draft, and edits that have not reached the server, where the next visit finds them. */
export function keepWork(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  documentStore.subscribe((state, before) => {
    if (state.document === before.document && state.pending === before.pending) return;
    clearTimeout(timer);
    timer = setTimeout(storeWork, quietTime);
  });
  window.addEventListener("pagehide", storeWork);
  window.addEventListener("beforeunload", (event) => {
    if (!storeWork()) event.preventDefault();
  });
}

/** Stores what would be lost; false where there was no room for it. */
function storeWork(): boolean {
  const { id, document, isChanged } = documentStore.getState();
  if (id !== undefined) {
    const pending = pendingEdits().map(({ command }) => command);
    if (pending.length === 0) removeStored(pendingKey(id));
    return pending.length === 0 || writeStored(pendingKey(id), pending);
  }
  const isEmpty = Object.keys(document.nodes).length === 0;
  if (isEmpty) {
    removeStored(draftKey);
    return true;
  }
  return writeStored(draftKey, { document: trimDocument(document), isChanged });
}

const draftSchema = z.object({ document: workflowSchema, isChanged: z.boolean() });

/** Opens what the page's address names, or the draft that an earlier visit left. */
export async function resumeWork(): Promise<void> {
  const id = placeOfPage();
  if (id !== undefined) {
    if (await enterShared(id)) resumeEdits(id);
    return;
  }
  const draft = readStored(draftKey, draftSchema);
  if (draft === undefined || documentStore.getState().version > 1) return;
  openDraft(draft.document);
  documentStore.setState({ isChanged: draft.isChanged });
  notify("info", fileStrings.recovered, {
    action: { label: fileStrings.startAnew, run: () => void newWorkflow() },
  });
}

/** Edits that did not reach the server before the page was left are made again. */
function resumeEdits(id: string): void {
  const stored = readStored(pendingKey(id), pendingSchema) ?? [];
  removeStored(pendingKey(id));
  for (const command of stored) dispatch(readCommand(command));
}
