import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fillDocument, type WorkflowDocument } from "@diopter/engine/editing";
import { writeAtomically } from "../library/write-atomically.js";
import type { DocumentServices } from "./document-services.js";
import { type JournalRecord, readJournal } from "./journal.js";
import { rebaseEdits } from "./rebase-edits.js";
import { fileText, keepCopy, readFileState } from "./shared-file.js";

/**
 * Puts the edits that a server which died had taken in, and not yet saved, into their files. Where
 * a file was changed since, they are made again on top of the change; what does not fit it is kept
 * in a copy. Gives the ids of the edits by document.
 */
export async function recoverJournals(
  services: DocumentServices,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const recent = new Map<string, readonly string[]>();
  for (const name of await readdir(services.journal)) {
    const path = join(services.journal, name);
    const record = name.endsWith(".jsonl") ? readJournal(await readFile(path, "utf8")) : undefined;
    if (record !== undefined) {
      await recoverOne(record, services);
      const edits = [...record.begin.edits, ...record.edits.map(({ edit }) => edit)];
      recent.set(record.begin.document, [...new Set(edits)]);
    }
    await rm(path, { force: true });
  }
  return recent;
}

async function recoverOne(record: JournalRecord, services: DocumentServices): Promise<void> {
  const { library, registry, logger } = services;
  const { document: id, content } = record.begin;
  if (record.edits.length === 0) return;
  const { document } = rebaseEdits(fillDocument(content), record.edits, registry);
  const found = await readFileState(library, id);
  const isOurs = found === undefined || record.known.includes(found.hash);
  if (isOurs) {
    await writeAtomically(library.pathOf(id), fileText(document));
    logger.info({ document: id, edits: record.edits.length }, "edits recovered");
    return;
  }
  const changed = parse(found.text, services);
  const rebased =
    changed === undefined ? undefined : rebaseEdits(fillDocument(changed), record.edits, registry);
  if (rebased !== undefined && rebased.lost === 0) {
    await writeAtomically(library.pathOf(id), fileText(rebased.document));
    logger.info(
      { document: id, edits: record.edits.length },
      "edits recovered onto a changed file",
    );
    return;
  }
  const copy = await keepCopy(library, id, "recovered edits", document);
  logger.warn({ document: id, copy }, "the file was changed: edits recovered as a copy");
}

function parse(text: string, { library }: DocumentServices): WorkflowDocument | undefined {
  try {
    return library.parse(text);
  } catch {
    return undefined;
  }
}
