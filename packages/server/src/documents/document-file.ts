import { DiopterError } from "@diopter/engine";
import type { EditCommand, WorkflowDocument } from "@diopter/engine/editing";
import type { DocumentServices } from "./document-services.js";
import type { DocumentState } from "./document-state.js";
import { Journal } from "./journal.js";
import { fileText, hashText, keepCopy, readFileState } from "./shared-file.js";

/** What was found in the file that this server did not write. */
export type OutsideChange =
  | { readonly kind: "replaced"; readonly note?: string }
  | { readonly kind: "trouble"; readonly error: DiopterError };

/** The file of an open document, and the journal beside it. */
export class DocumentFile {
  readonly #id: string;
  readonly #state: DocumentState;
  readonly #services: DocumentServices;
  readonly #journal: Journal;
  /** The hash of what the file holds as far as is known; undefined where it is gone. */
  #hash: string | undefined;
  /** The content of that file: what the edits in the journal begin with. */
  #base: WorkflowDocument;
  #isJournalling = false;
  #unreadable: string | undefined;

  constructor(id: string, state: DocumentState, hash: string, services: DocumentServices) {
    this.#id = id;
    this.#state = state;
    this.#services = services;
    this.#hash = hash;
    this.#base = state.document;
    this.#journal = new Journal(services.journal, id);
  }

  /** Writes an edit down before anybody is told that it holds. */
  journal(edit: string, command: EditCommand): void {
    if (!this.#isJournalling) this.#beginJournal();
    try {
      this.#journal.edit(edit, command);
    } catch (thrown) {
      // Half a line may be there: nothing may be written behind it.
      this.#isJournalling = false;
      throw thrown;
    }
  }

  /** Looks whether the file was changed from outside; the state follows it. */
  async look(): Promise<OutsideChange | undefined> {
    const { library } = this.#services;
    const found = await readFileState(library, this.#id);
    if (found === undefined) return this.#missing();
    if (found.hash === this.#hash || found.hash === this.#unreadable) return undefined;
    const content = this.#parse(found.text);
    if (DiopterError.is(content)) {
      this.#unreadable = found.hash;
      return { kind: "trouble", error: content };
    }
    this.#unreadable = undefined;
    const { unsaved, document } = this.#state;
    if (unsaved.length > 0 || fileText(content) !== fileText(document)) {
      return this.#follow(content, found.hash);
    }
    this.#hash = found.hash;
    this.#base = content;
    return undefined;
  }

  /** Writes the document. What stands there and cannot be read is kept beside it. */
  async write(): Promise<void> {
    if (this.#unreadable !== undefined) await this.#keepUnreadable();
    const { document } = this.#state;
    const text = fileText(document);
    const hash = hashText(text);
    this.#journal.saving(hash);
    await this.#services.library.writeText(this.#id, text);
    this.#hash = hash;
    this.#base = document;
    this.#state.saved();
    this.#beginJournal();
  }

  /** Ends; a journal without edits that only it knows is no longer needed. */
  close(): void {
    if (this.#state.unsaved.length === 0) this.#journal.remove();
    else this.#journal.close();
  }

  async #follow(content: WorkflowDocument, hash: string): Promise<OutsideChange> {
    const rebased = this.#state.rebased(content);
    // If the copy cannot be written, nothing has changed yet, and the next look finds it again.
    const note = await this.#noteOn(rebased.lost);
    this.#state.replace(rebased);
    this.#hash = hash;
    this.#base = content;
    this.#beginJournal();
    return { kind: "replaced", ...(note === undefined ? {} : { note }) };
  }

  /** Keeps what would be lost, and says what becomes of unsaved edits. */
  async #noteOn(lost: number): Promise<string | undefined> {
    const { unsaved, document } = this.#state;
    if (unsaved.length === 0) return undefined;
    if (lost === 0) {
      return "Edits that were not saved yet stand on top of what was changed in the file.";
    }
    const { library } = this.#services;
    const copy = await keepCopy(library, this.#id, "before change on disk", document);
    const which = `${lost} of ${unsaved.length} unsaved edits no longer fit the changed file`;
    return `${which}; the workflow with them is kept as "${copy}".`;
  }

  #missing(): OutsideChange | undefined {
    if (this.#hash === undefined) return undefined;
    this.#hash = undefined;
    const error = new DiopterError("file/not-found", {
      message: `The file of "${this.#id}" was removed from the library.`,
      remedy: "The next edit saves it again; close the workflow if it is to go.",
    });
    return { kind: "trouble", error };
  }

  #beginJournal(): void {
    const { unsaved, recent } = this.#state;
    this.#journal.begin({
      document: this.#id,
      known: this.#hash === undefined ? [] : [this.#hash],
      content: this.#base,
      edits: [...recent],
    });
    for (const { edit, command } of unsaved) this.#journal.edit(edit, command);
    this.#isJournalling = true;
  }

  #parse(text: string): WorkflowDocument | DiopterError {
    try {
      return this.#services.library.parse(text);
    } catch (thrown) {
      const { message } = this.#services.describe(thrown);
      return new DiopterError("document/invalid", {
        message: `The file of "${this.#id}" was changed and cannot be read: ${message}`,
        remedy: "Correct it; the next edit here keeps it as a copy and writes the file anew.",
      });
    }
  }

  async #keepUnreadable(): Promise<void> {
    const { library } = this.#services;
    const found = await readFileState(library, this.#id);
    if (found !== undefined && found.hash === this.#unreadable) {
      await library.writeText(`${this.#id} (unreadable ${found.hash.slice(0, 8)})`, found.text);
    }
    this.#unreadable = undefined;
  }
}
