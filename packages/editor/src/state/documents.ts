import {
  DiopterError,
  type EditCommand,
  type FilledDocument,
  fillDocument,
  History,
  historyEntry,
  Replica,
  type WorkflowDocument,
} from "@diopter/engine/editing";
import { createStore } from "zustand/vanilla";
import { documentStrings } from "../strings/documents.js";
import { labelOf } from "./command-labels.js";
import { currentRegistry } from "./descriptors.js";
import { notify } from "./notices.js";

interface DocumentState {
  /** Its id in the library; undefined for a draft, which only this browser has. */
  readonly id: string | undefined;
  /** As the person sees it: edits that the server has not confirmed yet are included. */
  readonly document: FilledDocument;
  /** Counts up with every change. */
  readonly version: number;
  /** Edits that the server has not confirmed. */
  readonly pending: number;
  /** A draft: it was changed since it was begun. */
  readonly isChanged: boolean;
  /** The server has written it to its file. */
  readonly isSaved: boolean;
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
}

/** A document without nodes. */
export const emptyDocument: WorkflowDocument = {
  diopter: 1,
  name: documentStrings.untitled,
  nodes: {},
};

const history = new History();
let replica = new Replica(emptyDocument, 0, {});
let sendEdit: (id: string, edit: string, command: EditCommand) => void = () => {};
let editCount = 0;
const session = crypto.randomUUID().slice(0, 8);

/** The document that is open. */
export const documentStore = createStore<DocumentState>(() => ({
  id: undefined,
  document: fillDocument(emptyDocument),
  version: 0,
  pending: 0,
  isChanged: false,
  isSaved: true,
  undoLabel: undefined,
  redoLabel: undefined,
}));

/** How edits of a shared document reach the server. */
export function sendEditsWith(send: typeof sendEdit): void {
  sendEdit = send;
}

/** Opens a document: its content, and where in the server's count of changes it stands. */
export function openDocument(
  content: WorkflowDocument,
  place: {
    readonly id?: string | undefined;
    readonly revision?: number;
    /** The same document in another place, as after it was saved: what was done can be undone. */
    readonly keepsHistory?: boolean;
  } = {},
): void {
  if (place.keepsHistory !== true) history.clear();
  replica = new Replica(content, place.revision ?? 0, currentRegistry());
  publish({ id: place.id, isChanged: false, isSaved: true });
}

/** The node types have changed: edits are checked against the new ones from here on. */
export function renewRegistry(): void {
  const pending = replica.pending;
  const renewed = new Replica(replica.document, replica.revision, currentRegistry());
  if (pending.length > 0) return;
  replica = renewed;
  publish();
}

/** What the edits' history says of one. */
export interface DispatchOptions {
  /** For people: what undo takes back. */
  readonly label?: string;
  /** Edits in a row with one key are one step of undo. */
  readonly key?: string;
}

/**
 * Edits the document at once, and sends the edit. False where the document refuses it: the reason
 * is shown.
 */
export function dispatch(command: EditCommand, options: DispatchOptions = {}): boolean {
  const applied = attempt(command);
  if (applied === undefined) return false;
  const { label = labelOf(command), key } = options;
  history.push(historyEntry(command, applied, { label, key }));
  publish();
  return true;
}

let groupCount = 0;

/** Several edits that are one step of undo. Stops at the first that is refused. */
export function dispatchAll(commands: readonly EditCommand[], label: string): boolean {
  groupCount += 1;
  const key = `group ${groupCount}`;
  const isDone = commands.every((command) => dispatch(command, { label, key }));
  history.seal();
  return isDone;
}

/** Several edits that join the row of edits with this key. */
export function dispatchInGroup(
  commands: readonly EditCommand[],
  label: string,
  key: string,
): boolean {
  return commands.every((command) => dispatch(command, { label, key }));
}

/** The next edit is a step of its own, whatever its key. */
export function sealHistory(): void {
  history.seal();
}

/** Takes one's last edit back; its label, or undefined where there was none. */
export function undo(): string | undefined {
  return step(
    history.undoLabel,
    () => history.undo(replica.document),
    (outcome) => history.undone(outcome),
  );
}

/** Does again what was taken back last. */
export function redo(): string | undefined {
  return step(
    history.redoLabel,
    () => history.redo(replica.document),
    (outcome) => history.redone(outcome),
  );
}

type Outcome = ReturnType<Replica["apply"]>;

function step(
  label: string | undefined,
  prepare: () => EditCommand | undefined,
  finish: (outcome?: Outcome) => void,
): string | undefined {
  if (label === undefined) return undefined;
  const outcome = prepared(prepare);
  finish(outcome);
  publish();
  return outcome === undefined ? undefined : label;
}

/** What cannot be taken back is refused, and the reason shown. */
function prepared(prepare: () => EditCommand | undefined): Outcome | undefined {
  try {
    const command = prepare();
    return command === undefined ? undefined : attempt(command);
  } catch (reason) {
    showRefusal(reason);
    return undefined;
  }
}

function attempt(command: EditCommand): Outcome | undefined {
  const { id } = documentStore.getState();
  editCount += 1;
  const edit = `${session}-${editCount}`;
  try {
    const applied = replica.apply(edit, command);
    if (applied.patches.length > 0) documentStore.setState({ isChanged: true, isSaved: false });
    if (id === undefined) replica.receive({ revision: replica.revision + 1, edit, command });
    else sendEdit(id, edit, command);
    return applied;
  } catch (reason) {
    showRefusal(reason);
    return undefined;
  }
}

function showRefusal(reason: unknown): void {
  if (!DiopterError.is(reason)) throw reason;
  notify("warning", reason.message, { remedy: reason.remedy });
}

/** What the server confirmed, one's own edits and others'. `gap`: it has to be opened again. */
export function receiveChange(change: Parameters<Replica["receive"]>[0]): "applied" | "gap" {
  const outcome = replica.receive(change);
  publish();
  return outcome;
}

/** An edit that the server has taken in already, as its list says: it need not be sent again. */
export function forgetEdit(edit: string): void {
  replica.refuse(edit);
}

/** The server refused an edit: it is taken back, and the reason is shown. */
export function refuseEdit(edit: string, message: string, remedy: string): void {
  replica.refuse(edit);
  publish();
  notify("warning", message, { remedy });
}

/** After a reconnection, or where the file was changed outside: begins with the server's state. */
export function resetDocument(
  content: WorkflowDocument,
  revision: number,
  keepPending: boolean,
): readonly { readonly edit: string; readonly command: EditCommand }[] {
  replica.reset(content, revision, keepPending);
  if (!keepPending) history.clear();
  publish();
  return replica.pending;
}

/** The server has written this revision, or a later one, to the file. */
export function markSaved(revision: number): void {
  if (revision >= replica.revision && replica.pending.length === 0) {
    documentStore.setState({ isSaved: true });
  }
}

/** The edits that the server has not confirmed. */
export const pendingEdits = () => replica.pending;

function publish(more: Partial<DocumentState> = {}): void {
  documentStore.setState(({ version, document }) => ({
    ...more,
    document: replica.document,
    version: replica.document === document ? version : version + 1,
    pending: replica.pending.length,
    undoLabel: history.undoLabel,
    redoLabel: history.redoLabel,
  }));
}
