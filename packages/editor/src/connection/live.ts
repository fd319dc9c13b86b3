import type { WorkflowDocument } from "@diopter/engine/editing";
import type { ClientMessage } from "@diopter/server/protocol";
import { connectionStore } from "../state/connection.js";
import { descriptorsStore, setDescriptors } from "../state/descriptors.js";
import {
  documentStore,
  forgetEdit,
  openDocument,
  pendingEdits,
  renewRegistry,
  resetDocument,
  sendEditsWith,
} from "../state/documents.js";
import { jobsStore } from "../state/jobs.js";
import { announce, notify } from "../state/notices.js";
import { presenceStore } from "../state/presence.js";
import { clearPreviews } from "../state/previews.js";
import { unknownRun } from "../state/run-status.js";
import { selectionStore } from "../state/selection.js";
import { connectionStrings } from "../strings/connection.js";
import { api } from "./api.js";
import { type DocumentMessage, takeFrame, takeMessage } from "./messages.js";
import {
  type ConnectionStatus,
  openSocket,
  type ReconnectingSocket,
} from "./reconnecting-socket.js";
import { explain } from "./request-error.js";

let socket: ReconnectingSocket | undefined;
interface WantedDocument {
  readonly id: string;
  readonly keepsHistory: boolean;
  readonly opened: (isOpen: boolean) => void;
}

let wanted: WantedDocument | undefined;

const send = (message: ClientMessage): boolean => socket?.send(JSON.stringify(message)) ?? false;

/** Opens the connection to the server; it comes back by itself from then on. */
export function goLive(): void {
  const url = new URL("api/v1/socket", document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  sendEditsWith((id, edit, command) => {
    send({ type: "edit", document: id, edit, command });
  });
  socket = openSocket({
    url: url.href,
    onStatus: takeStatus,
    onText: (text) =>
      takeMessage(text, { checkNodes: (hash) => void checkNodes(hash), documentOpened, openAgain }),
    onBytes: takeFrame,
  });
  selectionStore.subscribe((state, before) => {
    if (state.nodes !== before.nodes) sendPresence();
  });
  presenceStore.subscribe((state, before) => {
    if (state.name !== before.name) sayHello();
    if (state.name !== before.name || state.pointer !== before.pointer) sendPresence();
  });
}

function sayHello(): void {
  const { self: client, name } = presenceStore.getState();
  send({ type: "hello", client, name });
}

/** Tries to connect at once. */
export const retryConnection = (): void => socket?.retry();

function takeStatus(status: ConnectionStatus): void {
  const before = connectionStore.getState().status;
  connectionStore.setState({ status });
  if (status.state !== "open") {
    if (before.state === "open") announce(connectionStrings.lost);
    return;
  }
  if (connectionStore.getState().version !== "") announce(connectionStrings.back);
  sayHello();
  send({ type: "watch-queue" });
  send({ type: "watch-library" });
  const { id } = documentStore.getState();
  if (wanted !== undefined) send({ type: "open-document", document: wanted.id });
  else if (id !== undefined) send({ type: "open-document", document: id });
  const { shown, run } = jobsStore.getState();
  if (shown !== undefined) send({ type: "watch-job", job: shown, after: run.lastEvent });
}

/** Fetches the node types, unless those with this hash are here already. */
export async function checkNodes(hash: string): Promise<void> {
  const have = descriptorsStore.getState();
  if (have.isLoaded && have.hash === hash) return;
  try {
    const list = await api.nodes();
    if (descriptorsStore.getState().hash === list.hash) return;
    setDescriptors(list.nodes, list.hash);
    renewRegistry();
  } catch (reason) {
    notify("error", explain(reason).message);
  }
}

/**
 * Opens a document of the library, shared with everybody who has it open. `keepsHistory`: it is the
 * one that is open, under a new name.
 */
export function openShared(id: string, keepsHistory = false): Promise<boolean> {
  closeShared();
  return new Promise((resolve) => {
    wanted?.opened(false);
    wanted = { id, keepsHistory, opened: resolve };
    send({ type: "open-document", document: id });
  });
}

/** Leaves the document that is open to others, as another takes its place. */
export function closeShared(): void {
  const { id } = documentStore.getState();
  if (id !== undefined) send({ type: "close-document", document: id });
  presenceStore.setState({ clients: [] });
}

/** Shows a job's progress on the canvas. `isChosen`: until somebody runs or chooses another. */
export function showJob(id: string | undefined, isChosen = false): void {
  const { shown } = jobsStore.getState();
  jobsStore.setState({ isChosen });
  if (shown === id) return;
  if (shown !== undefined) send({ type: "unwatch-job", job: shown });
  clearPreviews();
  jobsStore.setState({ shown: id, run: unknownRun });
  if (id !== undefined) send({ type: "watch-job", job: id, after: 0 });
}

function documentOpened(content: WorkflowDocument, message: DocumentMessage): void {
  const { document: id, revision, clients, edits = [] } = message;
  if (wanted?.id === id) {
    openDocument(content, { id, revision, keepsHistory: wanted.keepsHistory });
    wanted.opened(true);
    wanted = undefined;
  } else if (documentStore.getState().id === id) {
    for (const { edit } of pendingEdits()) if (edits.includes(edit)) forgetEdit(edit);
    const again = resetDocument(content, revision, true);
    for (const { edit, command } of again) send({ type: "edit", document: id, edit, command });
  } else {
    send({ type: "close-document", document: id });
    return;
  }
  presenceStore.setState({ clients });
  sendPresence();
}

function openAgain(id: string): void {
  send({ type: "open-document", document: id });
}

function sendPresence(): void {
  const { id } = documentStore.getState();
  if (id === undefined) return;
  const selection = [...selectionStore.getState().nodes];
  const { pointer } = presenceStore.getState();
  const place: [number, number] | undefined = pointer && [pointer[0], pointer[1]];
  send({
    type: "presence",
    document: id,
    selection,
    ...(place === undefined ? {} : { pointer: place }),
  });
}
