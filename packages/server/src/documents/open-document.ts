import type { ServerMessage } from "../protocol/index.js";
import { DocumentFile } from "./document-file.js";
import type { DocumentServices } from "./document-services.js";
import type { DocumentSocket } from "./document-socket.js";
import type { DocumentState } from "./document-state.js";
import { Presence } from "./presence.js";

/** How long after the last edit, and after the first, a document is saved. */
const quietMilliseconds = 300;
const longestMilliseconds = 2000;
const presenceMilliseconds = 40;
/** How long after a failure to save it is tried again. */
const retryMilliseconds = 5000;

/**
 * A document that clients have open. Its operations run one after the other, in the order in which
 * they arrive: what the file says, what is edited and what is told never cross each other.
 */
export class OpenDocument {
  readonly #id: string;
  readonly #state: DocumentState;
  readonly #file: DocumentFile;
  readonly #services: DocumentServices;
  readonly #sockets = new Set<DocumentSocket>();
  readonly #presence = new Presence();
  #work: Promise<void> = Promise.resolve();
  #saveTimer: NodeJS.Timeout | undefined;
  #saveBy = Number.POSITIVE_INFINITY;
  #presenceTimer: NodeJS.Timeout | undefined;

  constructor(id: string, state: DocumentState, hash: string, services: DocumentServices) {
    this.#id = id;
    this.#state = state;
    this.#services = services;
    this.#file = new DocumentFile(id, state, hash, services);
  }

  get state(): DocumentState {
    return this.#state;
  }

  get isUsed(): boolean {
    return this.#sockets.size > 0;
  }

  enter(socket: DocumentSocket): Promise<void> {
    this.#sockets.add(socket);
    this.#presence.enter(socket);
    return this.#then(() => {
      this.#show(socket);
      this.#tellPresence();
    });
  }

  has(socket: DocumentSocket): boolean {
    return this.#sockets.has(socket);
  }

  /** The last one to leave waits until everything is saved. */
  leave(socket: DocumentSocket): Promise<void> {
    this.#sockets.delete(socket);
    this.#presence.leave(socket);
    this.#tellPresence();
    return this.isUsed ? Promise.resolve() : this.save();
  }

  edit(socket: DocumentSocket, edit: string, data: unknown): Promise<void> {
    return this.#then(() => {
      try {
        const prepared = this.#state.prepare(edit, data);
        if (prepared === undefined) {
          this.#show(socket);
          return;
        }
        const { command, take } = prepared;
        this.#file.journal(edit, command);
        take();
        const { revision } = this.#state;
        const by = socket.client;
        const change = { document: this.#id, revision, command, by, edit };
        this.#tell({ type: "document-changed", ...change });
        this.#saveSoon();
      } catch (thrown) {
        const error = this.#services.describe(thrown).toJSON();
        socket.send({ type: "edit-refused", document: this.#id, edit, error });
      }
    });
  }

  show(
    socket: DocumentSocket,
    selection: readonly string[],
    pointer: readonly [number, number] | undefined,
  ): void {
    this.#presence.show(socket, selection, pointer);
    this.#tellPresence();
  }

  /** The file may have been changed from outside: takes the change in and tells everybody. */
  look(): Promise<void> {
    return this.#then(async () => {
      await this.#takeIn();
    });
  }

  /** Writes what is not saved; resolves even if that fails, which everybody is told. */
  save(): Promise<void> {
    clearTimeout(this.#saveTimer);
    this.#saveBy = Number.POSITIVE_INFINITY;
    return this.#then(async () => {
      await this.#takeIn();
      if (this.#state.unsaved.length === 0) return;
      this.#saveTimer = setTimeout(() => this.save(), retryMilliseconds).unref();
      await this.#file.write();
      clearTimeout(this.#saveTimer);
      this.#tell({ type: "document-saved", document: this.#id, revision: this.#state.revision });
    });
  }

  /** Ends; what is not saved stays in the journal. */
  close(): void {
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#presenceTimer);
    this.#file.close();
  }

  async #takeIn(): Promise<void> {
    const change = await this.#file.look();
    if (change === undefined) return;
    if (change.kind === "trouble") {
      this.#tell({ type: "error", error: change.error.toJSON(), document: this.#id });
      return;
    }
    const { revision, document: content, unsaved } = this.#state;
    this.#tell({
      type: "document-replaced",
      document: this.#id,
      revision,
      content,
      because: "disk",
      ...(change.note === undefined ? {} : { note: change.note }),
    });
    if (unsaved.length > 0) this.#saveSoon();
  }

  #show(socket: DocumentSocket): void {
    const { revision, document: content, recent } = this.#state;
    socket.send({
      type: "document",
      document: this.#id,
      revision,
      content,
      clients: this.#presence.list(),
      edits: [...recent],
    });
  }

  #saveSoon(): void {
    const now = Date.now();
    const quiet = this.#services.saveMilliseconds ?? quietMilliseconds;
    this.#saveBy = Math.min(this.#saveBy, now + Math.max(quiet, longestMilliseconds));
    clearTimeout(this.#saveTimer);
    const wait = Math.max(0, Math.min(quiet, this.#saveBy - now));
    this.#saveTimer = setTimeout(() => this.save(), wait).unref();
  }

  #tell(message: ServerMessage): void {
    for (const socket of this.#sockets) socket.send(message);
  }

  /** Selections and pointers change often: they are told together, a few times a second. */
  #tellPresence(): void {
    this.#presenceTimer ??= setTimeout(() => {
      this.#presenceTimer = undefined;
      this.#tell({ type: "presence", document: this.#id, clients: this.#presence.list() });
    }, presenceMilliseconds).unref();
  }

  #then(operation: () => void | Promise<void>): Promise<void> {
    this.#work = this.#work.then(operation).catch((thrown: unknown) => {
      const error = this.#services.describe(thrown);
      this.#services.logger.error({ err: thrown, document: this.#id }, "document failed");
      this.#tell({ type: "error", error: error.toJSON(), document: this.#id });
    });
    return this.#work;
  }
}
