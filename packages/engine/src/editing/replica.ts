import type { WorkflowDocument } from "../document/types.js";
import type { PortRegistry } from "../nodes/port-registry.js";
import { type AppliedCommand, applyCommand } from "./apply-command.js";
import type { EditCommand } from "./command-schema.js";
import { type FilledDocument, fillDocument } from "./filled-document.js";

/** A change that the server tells of. */
export interface ConfirmedChange {
  readonly revision: number;
  readonly edit: string;
  readonly command: EditCommand;
}

interface Pending {
  readonly edit: string;
  readonly command: EditCommand;
  readonly before: FilledDocument;
  readonly after: FilledDocument;
}

/**
 * A client's copy of a shared document: what the server has confirmed, and on top of it the
 * client's own edits that are still under way. The server's order counts; when its changes come in
 * between, one's own edits are applied again on top, and those that no longer fit are left to the
 * server's refusal.
 */
export class Replica {
  readonly #registry: PortRegistry;
  #confirmed: FilledDocument;
  #revision: number;
  #document: FilledDocument;
  #pending: readonly Pending[] = [];

  constructor(content: WorkflowDocument, revision: number, registry: PortRegistry) {
    this.#registry = registry;
    this.#confirmed = fillDocument(content);
    this.#document = this.#confirmed;
    this.#revision = revision;
  }

  /** The document as the person sees it: own edits included. */
  get document(): FilledDocument {
    return this.#document;
  }

  /** The revision that the server has confirmed. */
  get revision(): number {
    return this.#revision;
  }

  /** Own edits that are not confirmed, in order: to send again after a lost connection. */
  get pending(): readonly { readonly edit: string; readonly command: EditCommand }[] {
    return this.#pending.map(({ edit, command }) => ({ edit, command }));
  }

  /**
   * Applies one's own edit at once; the caller sends it.
   * @throws DiopterError when the document refuses it.
   */
  apply(edit: string, command: EditCommand): AppliedCommand {
    const applied = applyCommand(this.#document, command, this.#registry);
    const step = { edit, command, before: this.#document, after: applied.document };
    this.#pending = [...this.#pending, step];
    this.#document = applied.document;
    return applied;
  }

  /** Takes in what the server confirmed. `gap`: a change was missed, so open the document again. */
  receive({ revision, edit, command }: ConfirmedChange): "applied" | "gap" {
    if (revision <= this.#revision) return "applied";
    if (revision !== this.#revision + 1) return "gap";
    const [first] = this.#pending;
    const isNext =
      first?.edit === edit &&
      first.before === this.#confirmed &&
      JSON.stringify(first.command) === JSON.stringify(command);
    if (first !== undefined && isNext) {
      this.#confirmed = first.after;
      this.#pending = this.#pending.slice(1);
    } else {
      this.#confirmed = applyCommand(this.#confirmed, command, this.#registry).document;
      this.#rebase(this.#pending.filter((pending) => pending.edit !== edit));
    }
    this.#revision = revision;
    return "applied";
  }

  /** The server refused one's own edit: it is taken back. */
  refuse(edit: string): void {
    this.#rebase(this.#pending.filter((pending) => pending.edit !== edit));
  }

  /**
   * Begins again with what the server sent. `keepPending`: own edits that it has not seen stay on
   * top, to be sent again.
   */
  reset(content: WorkflowDocument, revision: number, keepPending = false): void {
    this.#confirmed = fillDocument(content);
    this.#revision = revision;
    this.#rebase(keepPending ? this.#pending : []);
  }

  #rebase(pending: readonly Pending[]): void {
    this.#document = this.#confirmed;
    const kept: Pending[] = [];
    for (const { edit, command } of pending) {
      const before = this.#document;
      try {
        this.#document = applyCommand(before, command, this.#registry).document;
      } catch {
        // The server, which sees the same order, refuses it too, and its refusal says why.
      }
      kept.push({ edit, command, before, after: this.#document });
    }
    this.#pending = kept;
  }
}
