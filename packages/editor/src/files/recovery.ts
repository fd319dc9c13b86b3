import { readCommand, trimDocument } from "@diopter/engine/editing";
import { z } from "zod";
import { api } from "../connection/api.js";
import { showJob } from "../connection/live.js";
import { dispatch, documentStore, pendingEdits } from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";
import { notify } from "../state/notices.js";
import { readStored, removeStored, writeStored } from "../state/stored.js";
import { fileStrings } from "../strings/files.js";
import { claimTab, forgetDraft, leaveDraft, storeDraft, takeDraft } from "./drafts.js";
import { enterShared, newWorkflow, openDraft } from "./open.js";
import { placeOfPage } from "./place.js";

const pendingKey = (id: string) => `pending.${id}`;
const pendingSchema = z.array(z.looseObject({ kind: z.string() }));
const quietTime = 400;

/** Keeps a draft, and edits that have not reached the server, where the next visit finds them. */
export function keepWork(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const storeSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(storeWork, quietTime);
  };
  documentStore.subscribe((state, before) => {
    if (state.document !== before.document || state.pending !== before.pending) storeSoon();
  });
  jobsStore.subscribe((state, before) => {
    if (state.shown !== before.shown) storeSoon();
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
  if (!isEmpty) {
    const { shown: job } = jobsStore.getState();
    return storeDraft({ document: trimDocument(document), isChanged, job });
  }
  forgetDraft();
  return true;
}

/** Opens what the page's address names, or the draft that an earlier visit left. */
export async function resumeWork(): Promise<void> {
  await claimTab();
  const id = placeOfPage();
  if (id !== undefined) {
    await leaveDraft();
    if (await enterShared(id)) resumeEdits(id);
    return;
  }
  const draft = await takeDraft();
  if (draft === undefined || documentStore.getState().version > 1) return;
  openDraft(draft.document);
  documentStore.setState({ isChanged: draft.isChanged });
  if (draft.job !== undefined) void resumeJob(draft.job);
  notify("info", fileStrings.recovered, {
    action: { label: fileStrings.startAnew, run: () => void newWorkflow() },
  });
}

/** Shows the job that the draft showed, if it is still there and nothing else was begun. */
async function resumeJob(id: string): Promise<void> {
  const isThere = await api.jobWorkflow(id).then(
    () => true,
    () => false,
  );
  if (isThere && jobsStore.getState().shown === undefined) showJob(id);
}

/** Edits that did not reach the server before the page was left are made again. */
function resumeEdits(id: string): void {
  const stored = readStored(pendingKey(id), pendingSchema) ?? [];
  removeStored(pendingKey(id));
  for (const command of stored) dispatch(readCommand(command));
}
