import {
  applyCommand,
  type EditCommand,
  type FilledDocument,
  type PortRegistry,
} from "@diopter/engine/editing";

/** An edit that was taken in. */
export interface TakenEdit {
  readonly edit: string;
  readonly command: EditCommand;
}

/** What becomes of edits on another document than the one that they were made on. */
export interface RebasedEdits {
  readonly document: FilledDocument;
  readonly kept: readonly TakenEdit[];
  readonly lost: number;
}

/** Makes the same edits again on another document; those that it refuses are counted. */
export function rebaseEdits(
  document: FilledDocument,
  edits: readonly TakenEdit[],
  registry: PortRegistry,
): RebasedEdits {
  let current = document;
  const kept: TakenEdit[] = [];
  for (const edit of edits) {
    try {
      current = applyCommand(current, edit.command, registry).document;
      kept.push(edit);
    } catch {
      // Counted below.
    }
  }
  return { document: current, kept, lost: edits.length - kept.length };
}
