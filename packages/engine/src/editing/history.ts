import type { Patch } from "immer";
import { type Wire, type WorkflowDocument, wiresOf } from "../document/types.js";
import type { CommandOf, EditCommand } from "./command-schema.js";
import { own } from "./edit.js";
import { refuse } from "./edit-error.js";
import { leadsTo, valueAfter, valueAt } from "./value-after.js";

/** A step that can be taken back. */
export interface HistoryEntry {
  /** What was done, for people: "Move 3 nodes". */
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Steps in a row with one key are one step: a drag, the typing in one field. */
  readonly key?: string | undefined;
  /** The command, where the step gives a node another name and does nothing else. */
  readonly renaming?: CommandOf<"rename-node"> | undefined;
}

/** A command that was applied, as a step that can be taken back. */
export function historyEntry(
  command: EditCommand,
  { patches, inverse }: Pick<HistoryEntry, "patches" | "inverse">,
  { label, key }: Pick<HistoryEntry, "label" | "key">,
): HistoryEntry {
  const renaming = command.kind === "rename-node" ? command : undefined;
  return { label, key, patches, inverse, renaming };
}

/** What takes a step back, or does it again. */
export type UndoCommand = CommandOf<"patch"> | CommandOf<"rename-node">;

const mostEntries = 500;

/**
 * What one person has done to one document, to take back and do again. Others' edits are not in it:
 * undo takes back one's own. The commands that it gives go through `applyCommand` like any other,
 * and what comes of them goes to {@link undone} or {@link redone}.
 */
export class History {
  readonly #done: HistoryEntry[] = [];
  readonly #undone: HistoryEntry[] = [];
  #isSealed = true;

  /** Remembers a step. One without patches is none. Forgets what had been undone. */
  push(entry: HistoryEntry): void {
    if (entry.patches.length === 0) return;
    this.#undone.length = 0;
    const last = this.#done.at(-1);
    const joins = !this.#isSealed && entry.key !== undefined && last?.key === entry.key;
    this.#isSealed = false;
    if (!joins || last === undefined) {
      this.#done.push(entry);
      if (this.#done.length > mostEntries) this.#done.shift();
      return;
    }
    this.#done[this.#done.length - 1] = join(last, entry);
  }

  /** The next step stands for itself, whatever its key: the drag is over, the field was left. */
  seal(): void {
    this.#isSealed = true;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** What the next undo takes back. */
  get undoLabel(): string | undefined {
    return this.#done.at(-1)?.label;
  }

  /** What the next redo does again. */
  get redoLabel(): string | undefined {
    return this.#undone.at(-1)?.label;
  }

  /**
   * The command that takes the last step back from `document`; undefined when there is none.
   * @throws DiopterError `document/edit-conflict` where somebody else has set the same value since.
   */
  undo(document: WorkflowDocument): UndoCommand | undefined {
    return commandOf(document, this.#done.at(-1));
  }

  /** The command that does again what was last undone. */
  redo(document: WorkflowDocument): UndoCommand | undefined {
    return commandOf(document, this.#undone.at(-1));
  }

  /** The undo was applied, with this outcome. Without one it was refused, and the step is dropped. */
  undone(outcome?: Pick<HistoryEntry, "patches" | "inverse">): void {
    this.#isSealed = true;
    move(this.#done, this.#undone, outcome);
  }

  /** The redo was applied, with this outcome, or refused. */
  redone(outcome?: Pick<HistoryEntry, "patches" | "inverse">): void {
    this.#isSealed = true;
    move(this.#undone, this.#done, outcome);
  }

  /** Forgets everything, as after the document was replaced. */
  clear(): void {
    this.#done.length = 0;
    this.#undone.length = 0;
    this.#isSealed = true;
  }
}

type Outcome = Pick<HistoryEntry, "patches" | "inverse">;

function move(from: HistoryEntry[], to: HistoryEntry[], outcome: Outcome | undefined): void {
  const entry = from.pop();
  if (entry === undefined || outcome === undefined) return;
  const { label, renaming } = entry;
  const { patches, inverse } = outcome;
  to.push({ label, patches, inverse, renaming: renaming && turned(renaming) });
}

function join(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  const paths = (patches: readonly Patch[]) => patches.map(({ path }) => path.join(".")).join("|");
  // The same places set again: only the first state before and the last state after count.
  const isSame =
    paths(first.patches) === paths(second.patches) &&
    second.patches.every(({ op }) => op === "replace");
  const patches = isSame
    ? first.patches.map((patch, index) => ({ ...patch, value: second.patches[index]?.value }))
    : [...first.patches, ...second.patches];
  const inverse = isSame ? first.inverse : [...second.inverse, ...first.inverse];
  return { ...first, patches, inverse, renaming: undefined };
}

function commandOf(
  document: WorkflowDocument,
  entry: HistoryEntry | undefined,
): UndoCommand | undefined {
  if (entry === undefined) return undefined;
  if (entry.renaming !== undefined) return turned(entry.renaming);
  for (const patch of entry.inverse) refuseOthersValue(document, patch, entry);
  const patches = entry.inverse.map((patch) => {
    const forward = entry.patches.find(({ path }) => path.join(".") === patch.path.join("."));
    return { ...keepOthersWires(document, patch, forward), path: [...patch.path] };
  });
  return { kind: "patch", patches, label: entry.label };
}

type Renaming = CommandOf<"rename-node">;

/**
 * A renaming is taken back by another: its patches hold the node as it was, and others may have
 * changed it and wired it since.
 */
const turned = ({ kind, from, to }: Renaming): Renaming => ({ kind, from: to, to: from });

/** What others have set to another value since is theirs: taking one's own back would take it too. */
function refuseOthersValue(
  document: WorkflowDocument,
  { path }: Patch,
  { patches }: HistoryEntry,
): void {
  if (isShared(path) || !patches.some((patch) => leadsTo(patch.path, path))) return;
  const now = valueAt(document, path);
  if (now === undefined || JSON.stringify(now) === JSON.stringify(valueAfter(patches, path)))
    return;
  throw refuse(
    "document/edit-conflict",
    "This can no longer be undone. Somebody has changed the same value since.",
    "Change it by hand.",
  );
}

/** Whole nodes and frames go with what others did to them; wires are told apart one by one. */
function isShared(path: Patch["path"]): boolean {
  if (path[0] === "view" && path[1] === "frames") return path.length < 4;
  return path.length < 3 || path[2] === "inputs";
}

/** Where others have wired the same collecting input since, only one's own wires are taken back. */
function keepOthersWires(
  document: WorkflowDocument,
  patch: Patch,
  forward: Patch | undefined,
): Patch {
  const [table, id, field, input] = patch.path.map(String);
  if (table !== "nodes" || field !== "inputs" || patch.path.length !== 4) return patch;
  const node = own(document.nodes, id ?? "");
  const now = wiresOf(own(node?.inputs ?? {}, input ?? "")).map(asText);
  const after = readWires(forward?.value).map(asText);
  const before = readWires(patch.value).map(asText);
  if (now.length < 2 || now.join() === after.join()) return patch;
  const kept = now.filter((wire) => !after.includes(wire) || before.includes(wire));
  const value = [
    ...kept,
    ...before.filter((wire) => !kept.includes(wire) && !after.includes(wire)),
  ];
  if (value.length === 0) return { op: "remove", path: patch.path };
  return { op: "replace", path: patch.path, value: value.map((wire) => JSON.parse(wire)) };
}

function asText(wire: Wire): string {
  return JSON.stringify(wire);
}

function readWires(value: unknown): readonly Wire[] {
  if (!Array.isArray(value)) return [];
  const [first, second] = value;
  if (typeof first === "string") return typeof second === "string" ? [[first, second]] : [];
  return value.flatMap((wire) => readWires(wire));
}
