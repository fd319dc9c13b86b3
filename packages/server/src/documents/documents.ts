import { mkdir } from "node:fs/promises";
import { DiopterError } from "@diopter/engine";
import type { WorkflowDocument } from "@diopter/engine/editing";
import type { FSWatcher } from "chokidar";
import { documentId } from "../security/index.js";
import type { DocumentServices } from "./document-services.js";
import type { DocumentMessage, DocumentSocket } from "./document-socket.js";
import { DocumentState } from "./document-state.js";
import { OpenDocument } from "./open-document.js";
import { recoverJournals } from "./recover.js";
import { hashText } from "./shared-file.js";
import { watchLibrary } from "./watch-library.js";

const mostRemembered = 1000;

/**
 * The documents that clients have open. The server's copy is the truth: edits are taken in one by
 * one, numbered, and told to everybody who has the document open. It is saved a moment after the
 * last edit.
 */
export class Documents {
  readonly #services: DocumentServices;
  readonly #open = new Map<string, Promise<OpenDocument>>();
  readonly #ready = new Map<string, OpenDocument>();
  /** Edits of documents that were open, by id. */
  #recent = new Map<string, readonly string[]>();
  readonly #listeners = new Set<(id?: string) => void>();
  #watcher: FSWatcher | undefined;

  constructor(services: DocumentServices) {
    this.#services = services;
    services.library.onChange((id) => this.#changed(id));
  }

  /** Brings back what a server that died had not saved. To be done before anything else. */
  async recover(): Promise<void> {
    await mkdir(this.#services.journal, { recursive: true, mode: 0o700 });
    this.#recent = new Map(await recoverJournals(this.#services));
  }

  /** Answers a client's message, through its socket. Never rejects. */
  async receive(socket: DocumentSocket, message: DocumentMessage): Promise<void> {
    try {
      const id = documentId(message.document);
      if (message.type === "open-document") await this.#enter(socket, id);
      else if (message.type === "close-document") await this.#leave(socket, id);
      else if (message.type === "edit") await this.#edit(socket, id, message);
      else (await this.#open.get(id))?.show(socket, message.selection, message.pointer);
    } catch (thrown) {
      const error = this.#services.describe(thrown).toJSON();
      socket.send({ type: "error", error, document: message.document });
    }
  }

  /** The socket is gone: it leaves every document. */
  async leave(socket: DocumentSocket): Promise<void> {
    const ids = [...this.#open.keys()];
    await Promise.all(ids.map((id) => this.#leave(socket, id).catch(() => {})));
  }

  /** The newest state of a document that is open, edits that are not saved yet included. */
  current(id: string): WorkflowDocument | undefined {
    return this.#ready.get(id)?.state.document;
  }

  /** Tells of workflows of the library that change; without an id any of them may have. */
  onLibraryChange(listener: (id?: string) => void): void {
    this.#watch();
    this.#listeners.add(listener);
  }

  /** Saves everything and ends. */
  async stop(): Promise<void> {
    await this.#watcher?.close();
    await Promise.all([...this.#open.values()].map((open) => open.catch(() => undefined)));
    for (const open of this.#ready.values()) {
      await open.save();
      open.close();
    }
    this.#open.clear();
    this.#ready.clear();
  }

  async #enter(socket: DocumentSocket, id: string): Promise<void> {
    for (;;) {
      const opening = this.#open.get(id) ?? this.#load(id);
      this.#open.set(id, opening);
      const open = await opening;
      // It may have been closed behind the last who left.
      if (this.#ready.get(id) === open) return open.enter(socket);
    }
  }

  async #load(id: string): Promise<OpenDocument> {
    try {
      const { library, registry, limits } = this.#services;
      this.#watch();
      const text = await library.readText(id);
      const state = new DocumentState(library.parse(text), registry, limits, this.#recent.get(id));
      const open = new OpenDocument(id, state, hashText(text), this.#services);
      this.#ready.set(id, open);
      return open;
    } catch (thrown) {
      this.#open.delete(id);
      throw thrown;
    }
  }

  async #leave(socket: DocumentSocket, id: string): Promise<void> {
    const open = await this.#open.get(id);
    if (open === undefined || !open.has(socket)) return;
    await open.leave(socket);
    // Somebody may have come, or an edit may not have been saved.
    if (open.isUsed || open.state.unsaved.length > 0 || this.#ready.get(id) !== open) return;
    this.#open.delete(id);
    this.#ready.delete(id);
    this.#recent.delete(id);
    this.#recent.set(id, open.state.recent);
    if (this.#recent.size > mostRemembered) {
      const [oldest = ""] = this.#recent.keys();
      this.#recent.delete(oldest);
    }
    open.close();
  }

  async #edit(
    socket: DocumentSocket,
    id: string,
    { edit, command }: Extract<DocumentMessage, { type: "edit" }>,
  ): Promise<void> {
    const open = await this.#open.get(id);
    if (open?.has(socket) === true) {
      await open.edit(socket, edit, command);
      return;
    }
    const error = new DiopterError("request/conflict", {
      message: `"${id}" is not open here.`,
      remedy: "Open it first.",
    });
    socket.send({ type: "edit-refused", document: id, edit, error: error.toJSON() });
  }

  #watch(): void {
    const { library, logger } = this.#services;
    this.#watcher ??= watchLibrary(library.folder, {
      changed: (id) => this.#changed(id),
      ready: () => {
        for (const open of this.#ready.values()) void open.look();
        this.#tellChange();
      },
      // Files are also looked at before they are written: nothing is lost.
      failed: (error) => logger.error({ err: error }, "the library cannot be watched"),
    });
  }

  #changed(id: string): void {
    void this.#ready.get(id)?.look();
    this.#tellChange(id);
  }

  #tellChange(id?: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}
