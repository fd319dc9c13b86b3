import { DiopterError, type NodeRegistry } from "@diopter/engine";
import {
  applyCommand,
  type EditCommand,
  type FilledDocument,
  fillDocument,
  readCommand,
  type WorkflowDocument,
} from "@diopter/engine/editing";
import { bringUpToDate } from "./current-versions.js";
import { type RebasedEdits, rebaseEdits, type TakenEdit } from "./rebase-edits.js";
import { fileText } from "./shared-file.js";

const mostRemembered = 1000;

/** How large a document may become. */
export interface DocumentLimits {
  readonly nodes: number;
  /** Of its text. */
  readonly characters: number;
}

/** An edit that fits, and has not been taken in. Nothing may come between. */
export interface PreparedEdit {
  readonly command: EditCommand;
  readonly take: () => void;
}

/** A document with the edits that are not in its file yet. Knows no file and no client. */
export class DocumentState {
  readonly #registry: NodeRegistry;
  readonly #limits: DocumentLimits;
  #document: FilledDocument;
  #revision = 0;
  #unsaved: TakenEdit[] = [];
  readonly #recent: string[];
  /** Characters at most, so that the text is measured only now and then. */
  #size: number;

  constructor(
    content: WorkflowDocument,
    registry: NodeRegistry,
    limits: DocumentLimits,
    recent: readonly string[] = [],
  ) {
    this.#document = fillDocument(content);
    this.#registry = registry;
    this.#limits = limits;
    this.#recent = [...recent];
    this.#size = fileText(content).length;
  }

  get document(): FilledDocument {
    return this.#document;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Edits since the file was last written, in order. */
  get unsaved(): readonly TakenEdit[] {
    return this.#unsaved;
  }

  /** Ids of the last edits that were taken in. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /**
   * Checks an edit and gives the command as it is to be applied; `take` applies it. Undefined for
   * an edit that was taken in before.
   * @throws DiopterError that says why the document refuses it.
   */
  prepare(edit: string, data: unknown): PreparedEdit | undefined {
    if (this.#recent.includes(edit)) return undefined;
    const command = bringUpToDate(readCommand(data), this.#registry);
    const { document } = applyCommand(this.#document, command, this.#registry);
    this.#requireSize(document, command);
    const take = () => {
      this.#document = document;
      this.#revision += 1;
      this.#unsaved.push({ edit, command });
      this.#recent.push(edit);
      if (this.#recent.length > mostRemembered) this.#recent.shift();
    };
    return { command, take };
  }

  /** The file holds everything. */
  saved(): void {
    this.#unsaved = [];
  }

  /** What would become of the edits that are not saved, made again on other content. */
  rebased(content: WorkflowDocument): RebasedEdits {
    return rebaseEdits(fillDocument(content), this.#unsaved, this.#registry);
  }

  /** Other content came from outside, with the unsaved edits on top. */
  replace({ document, kept }: RebasedEdits): void {
    this.#document = document;
    this.#unsaved = [...kept];
    this.#revision += 1;
    this.#size = fileText(document).length;
  }

  #requireSize(document: FilledDocument, command: EditCommand): void {
    const count = Object.keys(document.nodes).length;
    if (count > this.#limits.nodes && count > Object.keys(this.#document.nodes).length) {
      throw tooLarge(`${count} nodes`, `${this.#limits.nodes} nodes`);
    }
    // Of what is removed the size is not known: measure when it could be too much.
    this.#size += JSON.stringify(command).length * 2;
    if (this.#size <= this.#limits.characters) return;
    const size = fileText(document).length;
    if (size > this.#limits.characters) {
      throw tooLarge(`${size} characters`, `${this.#limits.characters} characters`);
    }
    this.#size = size;
  }
}

function tooLarge(found: string, allowed: string): DiopterError {
  return new DiopterError("document/too-large", {
    message: `The workflow would have ${found}.`,
    remedy: `At most ${allowed} are taken: split it into several workflows.`,
  });
}
