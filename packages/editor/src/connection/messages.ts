import { readCommand, type WorkflowDocument, workflowSchema } from "@diopter/engine/editing";
import { decodeFrame, type ServerMessage, serverMessageSchema } from "@diopter/server/protocol";
import { connectionStore } from "../state/connection.js";
import {
  documentStore,
  markSaved,
  receiveChange,
  refuseEdit,
  resetDocument,
} from "../state/documents.js";
import { jobsStore, removeJob, setJob, setJobs } from "../state/jobs.js";
import { noteLibraryChange } from "../state/library.js";
import { notify } from "../state/notices.js";
import { presenceStore } from "../state/presence.js";
import { setPreview } from "../state/previews.js";
import { outerNode, takeEvents, unknownRun } from "../state/run-status.js";
import { connectionStrings } from "../strings/connection.js";

/** What the connection does besides writing to the stores. */
export interface MessageEffects {
  /** The node types may have changed. */
  readonly checkNodes: (hash: string) => void;
  /** The document is here: edits that it lacks are to be sent again. */
  readonly documentOpened: (content: WorkflowDocument, message: DocumentMessage) => void;
  /** A change was missed. */
  readonly openAgain: (document: string) => void;
}

/** The server's answer to opening a document. */
export type DocumentMessage = Extract<ServerMessage, { type: "document" }>;

/** Takes in one text message of the server. Messages that a newer server sends are passed over. */
export function takeMessage(text: string, effects: MessageEffects): void {
  const parsed = serverMessageSchema.safeParse(parseJson(text));
  if (!parsed.success) return;
  const message = parsed.data;
  if (takeJobMessage(message) || takePresence(message)) return;
  if (message.type === "welcome") {
    connectionStore.setState({ version: message.version });
    effects.checkNodes(message.registry);
  } else if (message.type === "library-changed") {
    noteLibraryChange(message.workflow);
  } else if (message.type === "error") {
    notify("error", message.error.message, { remedy: message.error.remedy });
  } else if ("document" in message && message.type !== "presence") {
    takeDocumentMessage(message, effects);
  }
}

/** Takes in one binary frame: a preview. */
export function takeFrame(frame: ArrayBuffer): void {
  try {
    const { header, bytes } = decodeFrame(new Uint8Array(frame));
    if (header.job === jobsStore.getState().shown) {
      setPreview(outerNode(header.node), header, bytes);
    }
  } catch {
    // A frame of a newer server: previews can be done without.
  }
}

function takeJobMessage(message: ServerMessage): boolean {
  switch (message.type) {
    case "queue":
      setJobs(message.jobs, message.paused);
      return true;
    case "job-changed":
      setJob(message.job);
      return true;
    case "job-removed":
      removeJob(message.id);
      return true;
    case "job-events":
      if (message.job === jobsStore.getState().shown) {
        jobsStore.setState(({ run }) => ({ run: takeEvents(run, message.events) }));
      }
      return true;
    case "job-restarted":
      if (message.job === jobsStore.getState().shown) {
        jobsStore.setState({ run: { ...unknownRun, lastEvent: message.after } });
      }
      return true;
    default:
      return false;
  }
}

function takePresence(message: ServerMessage): boolean {
  if (message.type !== "presence") return false;
  if (message.document === documentStore.getState().id) {
    presenceStore.setState({ clients: message.clients });
  }
  return true;
}

type AboutDocument = Extract<
  ServerMessage,
  {
    type: "document" | "document-changed" | "edit-refused" | "document-saved" | "document-replaced";
  }
>;

function takeDocumentMessage(message: AboutDocument, effects: MessageEffects): void {
  if (message.type === "document") {
    const content = readContent(message.content);
    if (content !== undefined) effects.documentOpened(content, message);
    return;
  }
  if (message.document !== documentStore.getState().id) return;
  switch (message.type) {
    case "document-changed": {
      const { revision, edit } = message;
      const outcome = receiveChange({ revision, edit, command: readCommand(message.command) });
      if (outcome === "gap") effects.openAgain(message.document);
      return;
    }
    case "edit-refused":
      refuseEdit(message.edit, message.error.message, message.error.remedy);
      return;
    case "document-saved":
      markSaved(message.revision);
      return;
    case "document-replaced": {
      const content = readContent(message.content);
      if (content === undefined) return;
      resetDocument(content, message.revision, false);
      notify("info", connectionStrings.changedOutside);
    }
  }
}

/** A document that the server sent; undefined, with a notice, where this page cannot read it. */
export function readContent(content: unknown): WorkflowDocument | undefined {
  const parsed = workflowSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  notify("error", connectionStrings.unreadable, { remedy: connectionStrings.reload });
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
